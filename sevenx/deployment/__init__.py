"""Deployments with servers of their own (containers, Kubernetes): their secrets and the preparation of their stores."""
