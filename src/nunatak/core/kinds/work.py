"""The kinds of what the server keeps account of: exports, imports, the log, webhooks, kept answers."""

from __future__ import annotations

from nunatak.core.answer import KeptAnswer
from nunatak.core.kinds.kind import Filter, Kind, lists, many
from nunatak.core.log import LogEntry
from nunatak.core.webhook import WebhookDelivery, WebhookSubscription
from nunatak.core.work import DiagramExportImage, LandscapeExport, LandscapeImport

DIAGRAM_EXPORT_IMAGE = Kind(
    name="diagram-export-image",
    struct=DiagramExportImage,
    one="diagramExportImage",
    many="diagramExportImages",
    scope="version",
    columns=("diagram_id",),
)

LANDSCAPE_EXPORT = Kind(
    name="landscape-export",
    struct=LandscapeExport,
    one="landscapeExport",
    many="landscapeExports",
    scope="version",
)

LANDSCAPE_IMPORT = Kind(
    name="landscape-import",
    struct=LandscapeImport,
    one="landscapeImport",
    many="landscapeImports",
    scope="version",
)

LOG_ENTRY = Kind(
    name="log-entry",
    struct=LogEntry,
    one="actionLog",
    many="actionLogs",
    scope="organization",
    columns=("parent_id", "action_type", "performed_by", "performed_by_id"),
    terms=lists("subject", "touched"),
)

WEBHOOK_SUBSCRIPTION = Kind(
    name="webhook-subscription",
    struct=WebhookSubscription,
    one="webhookSubscription",
    many="webhookSubscriptions",
    scope="organization",
)

WEBHOOK_DELIVERY = Kind(
    name="webhook-delivery",
    struct=WebhookDelivery,
    one="webhookDelivery",
    many="webhookDeliveries",
    scope="organization",
    columns=("subscription_id", "status"),
    filters=(Filter(name="subscription_id", test="equal"), many("status", str)),
)

KEPT_ANSWER = Kind(name="kept-answer", struct=KeptAnswer, one="keptAnswer", many="keptAnswers", scope="instance")
