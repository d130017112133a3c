{{/* Names and labels. A component is a service's area or `provision`. */}}
{{- define "sevenx.fullname" -}}
{{- printf "%s-%s" .root.Release.Name .component | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "sevenx.selector" -}}
app.kubernetes.io/name: sevenx
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "sevenx.labels" -}}
{{ include "sevenx.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
sevenx/district: {{ .root.Values.district | quote }}
{{- end -}}

{{- define "sevenx.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "sevenx.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "sevenx.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Environment that every container has. */}}
{{- define "sevenx.env" -}}
- { name: SEVENX_DISTRICT, value: {{ .Values.district | quote }} }
- { name: SEVENX_SECRETS, value: /run/secrets/sevenx }
- { name: SEVENX_KAFKA, value: {{ .Values.kafka.bootstrap | quote }} }
{{- end -}}

{{- define "sevenx.databaseUrl" -}}
{{- $db := .root.Values.database -}}
postgresql://{{ .user }}@{{ $db.host }}:{{ $db.port }}/{{ .database }}?sslmode={{ $db.sslmode }}
{{- end -}}
