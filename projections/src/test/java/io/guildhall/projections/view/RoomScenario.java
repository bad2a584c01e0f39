package io.guildhall.projections.view;

import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.CONTRACT;
import static io.guildhall.projections.view.HireScenario.ROOM;

import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.abusereport.AbuseReportCommand;
import io.guildhall.domain.abusereport.ReportedConduct;
import io.guildhall.domain.abusereport.ReportedConduct.ReportedMessage;
import io.guildhall.domain.preference.Frequency;
import io.guildhall.domain.preference.NotificationSettings;
import io.guildhall.domain.preference.NotificationSettings.Choice;
import io.guildhall.domain.preference.NotificationTimes;
import io.guildhall.domain.preference.NotificationTimes.QuietHours;
import io.guildhall.domain.preference.Preferences;
import io.guildhall.domain.preference.PreferencesCommand;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.domain.profile.Showcase;
import io.guildhall.domain.room.Attachment;
import io.guildhall.domain.room.Mention;
import io.guildhall.domain.room.MessageRef;
import io.guildhall.domain.room.Reaction;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.domain.room.SystemMessage;
import io.guildhall.kernel.Money;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An admin removes members of the room and restores them; messages are changed, and one reports a contract event; two accounts have a conversation, block and report each other;
 * accounts hide their presence, and one shows it again; accounts choose notifications, and stop and resume mails.
 */
public final class RoomScenario {
    public static final String HIDDEN = "acc_hidden";
    public static final String SHOWN = "acc_shown";

    public static final String CONVERSATION = Room.conversationId(BOB, CLIENT);
    private static final String UNOPENED = Room.conversationId(CLIENT, HIDDEN);
    private static final NotificationSettings SETTINGS = new NotificationSettings(
            new NotificationTimes(
                    "Australia/Lord_Howe",
                    Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0))),
                    LocalTime.of(8, 30),
                    DayOfWeek.FRIDAY),
            Map.of(
                    "NEW_MATCH", new Choice(Optional.of(Frequency.DAILY), Optional.of(Frequency.NEVER)),
                    "REVIEW_DUE", new Choice(Optional.empty(), Optional.of(Frequency.WEEKLY))));

    private static final MessageRef THIRD = new MessageRef("msg_3", 3, Optional.of(CLIENT));
    private static final MessageRef NEWEST = new MessageRef("msg_5", 4, Optional.of(ANN));
    private static final Optional<Long> REPLY = Optional.of(3L);
    private static final Optional<List<Mention>> MENTION = Optional.of(List.of(new Mention("cleo", CLIENT)));
    private static final Optional<List<Attachment>> FILES = Optional.of(List.of(
            new Attachment("fil_1", "plan.pdf", "application/pdf", 7),
            new Attachment("fil_2", "<i>.txt", "application/octet-stream", 3_000_000_000L)));
    private static final Optional<List<Attachment>> DELETED_FILE =
            Optional.of(List.of(new Attachment("fil_3", "secret.pdf", "application/pdf", 7)));
    private static final SystemMessage REPORT = new SystemMessage(
            SystemMessage.Kind.MILESTONE_FUNDED,
            CONTRACT,
            Optional.of(1),
            "All of it",
            Optional.of(new Money(12_50, "USD")),
            Optional.empty());

    private RoomScenario() {}

    private static ReportedConduct report(Optional<ReportedMessage> message) {
        return new ReportedConduct(CONVERSATION, BOB, CLIENT, message, "Insults");
    }

    static EventStory addAll(EventStory story) {
        story.execute(Room.AGGREGATE, ROOM, new RoomCommand.RemoveMember("acc_admin", ANN, "Abuse"))
                .execute(
                        Room.AGGREGATE,
                        ROOM,
                        new RoomCommand.PostMessage(
                                CLIENT, "msg_3", "Are you there?", Optional.empty(), Optional.empty(), DELETED_FILE))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RestoreMember("acc_admin", ANN))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RemoveMember("acc_admin", CLIENT, "Abuse"))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RestoreMember("acc_admin", CLIENT))
                .execute(
                        Room.AGGREGATE,
                        ROOM,
                        new RoomCommand.PostMessage(ANN, "msg_5", "@cleo, yes", REPLY, MENTION, FILES))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.AddReaction(CLIENT, "chg_1", NEWEST, Reaction.HEART))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.AddReaction(ANN, "chg_2", NEWEST, Reaction.HEART))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.AddReaction(ANN, "chg_3", NEWEST, Reaction.EYES))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RemoveReaction(ANN, "chg_4", NEWEST, Reaction.EYES))
                .execute(
                        Room.AGGREGATE,
                        ROOM,
                        new RoomCommand.EditMessage(ANN, "chg_5", NEWEST, "Yes", Optional.empty()))
                .execute(
                        Room.AGGREGATE,
                        ROOM,
                        new RoomCommand.EditMessage(ANN, "chg_6", NEWEST, "Yes!", Optional.empty()))
                .execute(
                        Room.AGGREGATE,
                        ROOM,
                        new RoomCommand.EditMessage(CLIENT, "chg_7", THIRD, "Hello?", Optional.empty()))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.AddReaction(ANN, "chg_8", THIRD, Reaction.SAD))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.DeleteMessage(CLIENT, "chg_9", THIRD))
                .execute(
                        Room.AGGREGATE,
                        ROOM,
                        new RoomCommand.EditMessage(CLIENT, "chg_10", THIRD, "Too late", Optional.empty()))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.PostSystemMessage("sys_1", 5, REPORT))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.RemoveMember("acc_admin", CLIENT, "Abuse"))
                .execute(Room.AGGREGATE, ROOM, new RoomCommand.MakeReadOnly());
        return addConversation(story)
                .execute(Profile.AGGREGATE, "acc_pictured", new ProfileCommand.Create("shown", "Shown", "DE"))
                .execute(Profile.AGGREGATE, "acc_pictured", new ProfileCommand.Edit(1, withPicture()))
                .execute(Preferences.AGGREGATE, HIDDEN, new PreferencesCommand.HidePresence())
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.HidePresence())
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.ShowPresence())
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.StopMail("review-due"))
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.StopMail("new-match"))
                .execute(Preferences.AGGREGATE, SHOWN, new PreferencesCommand.ResumeMail("review-due"))
                .execute(Preferences.AGGREGATE, HIDDEN, new PreferencesCommand.ChooseNotifications(SETTINGS))
                .execute(Preferences.AGGREGATE, HIDDEN, new PreferencesCommand.StopMail("invite-expired"))
                .execute(Preferences.AGGREGATE, HIDDEN, new PreferencesCommand.ResumeMail("new-match"));
    }

    static EventStory addConversation(EventStory story) {
        return story.execute(Room.AGGREGATE, CONVERSATION, new OpenConversation(BOB, CLIENT, Optional.empty()))
                .execute(Room.AGGREGATE, CONVERSATION, new RoomCommand.PostMessage(CLIENT, "msg_4", "Hello, Bob"))
                .execute(Room.AGGREGATE, CONVERSATION, new RoomCommand.Block(CLIENT, BOB))
                .execute(Room.AGGREGATE, CONVERSATION, new RoomCommand.Unblock(CLIENT, BOB))
                .execute(Room.AGGREGATE, CONVERSATION, new RoomCommand.Block(CLIENT, BOB))
                .execute(Room.AGGREGATE, UNOPENED, new RoomCommand.Block(CLIENT, HIDDEN))
                .execute(Room.AGGREGATE, UNOPENED, new RoomCommand.Unblock(CLIENT, HIDDEN))
                .execute(Room.AGGREGATE, Room.conversationId(CLIENT, SHOWN), new RoomCommand.Block(CLIENT, SHOWN))
                .execute(AbuseReport.AGGREGATE, "abr_1", new AbuseReportCommand.File(report(Optional.empty())))
                .execute(
                        AbuseReport.AGGREGATE,
                        "abr_2",
                        new AbuseReportCommand.File(report(Optional.of(new ReportedMessage("msg_4", 1, "Hello, Bob")))))
                .execute(AbuseReport.AGGREGATE, "abr_3", new AbuseReportCommand.File(report(Optional.empty())))
                .execute(
                        AbuseReport.AGGREGATE,
                        "abr_1",
                        new AbuseReportCommand.Settle("acc_admin", AbuseReport.Outcome.DISMISSED, "No insult"));
    }

    private static ProfileDetails withPicture() {
        var picture = Optional.of("acc_pictured/picture/fil_1.png");
        var showcase = new Showcase(List.of(), Optional.empty(), "", List.of(), picture, List.of());
        return new ProfileDetails("Boats", "", List.of(), Optional.empty(), Optional.of(showcase));
    }
}
