"""Addresses: campaigns, meetings and what was said with employers."""

from django.urls import path

from innpass.web.outreach import board, campaigns, dialogue, letters, meetings

app_name = "outreach"
urlpatterns = [
    path("", board.board, name="board"),
    path("kampanje/ny/", campaigns.new_campaign, name="new_campaign"),
    path("kampanje/<uuid:pk>/", campaigns.campaign, name="campaign"),
    path("kampanje/<uuid:pk>/endre/", campaigns.edit_campaign, name="edit_campaign"),
    path("kampanje/<uuid:pk>/mottakere/", campaigns.recipients, name="recipients"),
    path("kampanje/<uuid:pk>/send/", letters.send, name="send"),
    path("kampanje/<uuid:pk>/adresser/", letters.addresses, name="addresses"),
    path("sendt/<uuid:pk>/", letters.sent, name="sent"),
    path("svar/<uuid:pk>/", campaigns.reply, name="reply"),
    path("mote/nytt/", meetings.new_meeting, name="new_meeting"),
    path("mote/<uuid:pk>/", meetings.meeting, name="meeting"),
    path("mote/<uuid:pk>/endre/", meetings.edit_meeting, name="edit_meeting"),
    path("mote/<uuid:pk>/inviter/", meetings.invite, name="invite"),
    path("mote/<uuid:pk>/liste/", meetings.name_list, name="list"),
    path("invitasjon/<uuid:pk>/", meetings.invitation, name="invitation"),
    path("dialog/", dialogue.dialogue, name="dialogue"),
    path("dialog/<uuid:pk>/", dialogue.line, name="line"),
    path("arbeidsgiver/<uuid:pk>/", dialogue.employer, name="employer"),
    path("samletilbud/", board.offers, name="offers"),
    path("samletilbud/nytt/", board.new_offer, name="new_offer"),
]
