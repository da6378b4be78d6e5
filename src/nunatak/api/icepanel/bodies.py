"""The bodies of the first families: what each form says that its entity doesn't say already."""

from __future__ import annotations

from msgspec import UnsetType

from nunatak.api.icepanel.forms import MapForms, extended, merged, partial, record, required
from nunatak.core.adr import ADR, Index
from nunatak.core.comment import Comment, CommentReply
from nunatak.core.diagram import (
    Diagram,
    DiagramComment,
    DiagramConnection,
    DiagramContent,
    DiagramGroup,
    DiagramObject,
)
from nunatak.core.domain import Domain
from nunatak.core.fields import Own
from nunatak.core.flow import Flow, FlowStep
from nunatak.core.landscape import Landscape, Version, VersionRevert
from nunatak.core.model import ModelConnection, ModelObject, RealityLink
from nunatak.core.organization import EmailDomains, Organization
from nunatak.core.people import OrganizationUserInvite, Team
from nunatak.core.share import ShareLink
from nunatak.core.tag import Tag, TagGroup

RealityLinkRequired = required(RealityLink, "RealityLinkRequired")
RealityLinkPartial = partial(RealityLink, "RealityLinkPartial")

# The key of the map is the id, and what a client leaves out the server computes.
DiagramObjectRequired = required(DiagramObject, "DiagramObjectRequired", optional=("id", "width", "height"))
DiagramConnectionRequired = required(
    DiagramConnection,
    "DiagramConnectionRequired",
    optional=("id", "label_position", "line_shape", "origin_connector", "target_connector"),
)
DiagramObjectPartial = partial(DiagramObject, "DiagramObjectPartial")
DiagramConnectionPartial = partial(DiagramConnection, "DiagramConnectionPartial")
DiagramCommentPartial = partial(DiagramComment, "DiagramCommentPartial")

_LINKS: MapForms = {RealityLink: (RealityLinkRequired, RealityLinkPartial)}
_CONTENT: MapForms = {
    DiagramObject: (DiagramObjectRequired, DiagramObjectPartial),
    DiagramConnection: (DiagramConnectionRequired, DiagramConnectionPartial),
    DiagramComment: (DiagramComment, DiagramCommentPartial),
}

# The contract tells the domains whose people join by themselves, and lets nobody set them.
_JoiningDomains = Own[EmailDomains | UnsetType]
_JOINING = {"auto_invite_domains": _JoiningDomains}
OrganizationRequired = extended(required(Organization, "OrganizationBody"), "OrganizationRequired", _JOINING)
OrganizationPartial = extended(partial(Organization, "OrganizationChange"), "OrganizationPartial", _JOINING)

LandscapeRequired = required(Landscape, "LandscapeRequired")
LandscapeCreate = extended(LandscapeRequired, "LandscapeCreate", {"template_id": str | UnsetType})
# A landscape may move to another organization.
LandscapePartial = extended(
    partial(Landscape, "LandscapeChange"), "LandscapePartial", {"organization_id": str | UnsetType}
)

VersionRequired = required(Version, "VersionRequired")
VersionUpdate = partial(Version, "VersionUpdate")
VersionRevertRequired = required(VersionRevert, "VersionRevertRequired")
VersionRevertPartial = partial(VersionRevert, "VersionRevertPartial", without=("version_id",))

DomainRequired = required(Domain, "DomainRequired")
DomainUpsert = required(Domain, "DomainUpsert")
DomainPartial = partial(Domain, "DomainPartial")

ModelObjectRequired = required(ModelObject, "ModelObjectRequired", maps=_LINKS)
ModelObjectUpsert = required(ModelObject, "ModelObjectUpsert", maps=_LINKS)
ModelObjectPartial = partial(ModelObject, "ModelObjectPartial", without=("domain_id",), maps=_LINKS)

ModelConnectionRequired = required(ModelConnection, "ModelConnectionRequired", maps=_LINKS)
ModelConnectionUpsert = required(ModelConnection, "ModelConnectionUpsert", maps=_LINKS)
ModelConnectionPartial = partial(ModelConnection, "ModelConnectionPartial", maps=_LINKS)

# A diagram and its content are two entities with a body in common; the content has the diagram's handle.
DiagramRequired = required(Diagram, "DiagramRequired")
DiagramPartial = partial(Diagram, "DiagramPartial", without=("type",))
DiagramContentRequired = required(DiagramContent, "DiagramContentRequired", without=("handle_id",), maps=_CONTENT)
DiagramContentPartial = partial(DiagramContent, "DiagramContentPartial", maps=_CONTENT)
DiagramCreate = merged("DiagramCreate", DiagramRequired, DiagramContentRequired)
DiagramUpsert = merged("DiagramUpsert", DiagramPartial, DiagramContentPartial)

DiagramGroupRequired = required(DiagramGroup, "DiagramGroupRequired")
DiagramGroupUpsert = required(DiagramGroup, "DiagramGroupUpsert")
DiagramGroupPartial = partial(DiagramGroup, "DiagramGroupPartial")

# A flow stays on the diagram that it is told over, unless a PUT replaces all of it.
_STEPS: MapForms = {FlowStep: (FlowStep, partial(FlowStep, "FlowStepPartial"))}
FlowRequired = required(Flow, "FlowRequired", maps=_STEPS)
FlowPartial = partial(Flow, "FlowPartial", without=("diagram_id",), maps=_STEPS)

TagRequired = required(Tag, "TagRequired")
TagUpsert = required(Tag, "TagUpsert")
TagPartial = partial(Tag, "TagPartial")

TagGroupRequired = required(TagGroup, "TagGroupRequired")
TagGroupUpsert = required(TagGroup, "TagGroupUpsert")
TagGroupPartial = partial(TagGroup, "TagGroupPartial")

CommentRequired = required(Comment, "CommentRequired")
CommentUpsert = required(Comment, "CommentUpsert")
CommentPartial = partial(Comment, "CommentPartial")

CommentReplyRequired = required(CommentReply, "CommentReplyRequired")
CommentReplyUpsert = required(CommentReply, "CommentReplyUpsert")
CommentReplyPartial = partial(CommentReply, "CommentReplyPartial")

# The contract states a least commit for decisions alone.
_CommitOfADR = record("CommitOfADR", {"commit": Index | UnsetType})
ADRRequired = merged("ADRRequired", _CommitOfADR, required(ADR, "ADRMade"))
ADRPartial = merged("ADRPartial", _CommitOfADR, partial(ADR, "ADRChange"))

TeamRequired = required(Team, "TeamRequired")
TeamPartial = partial(Team, "TeamPartial")

OrganizationUserInviteRequired = required(OrganizationUserInvite, "OrganizationUserInviteRequired")

ShareLinkRequired = required(ShareLink, "ShareLinkRequired")
ShareLinkPartial = partial(ShareLink, "ShareLinkPartial", without=("draft_id",))
