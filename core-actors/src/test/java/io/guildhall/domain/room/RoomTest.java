package io.guildhall.domain.room;

import static io.guildhall.domain.room.Room.AGGREGATE;
import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.room.RoomCommand.Block;
import io.guildhall.domain.room.RoomCommand.OpenConversation;
import io.guildhall.domain.room.RoomCommand.OpenConversation.FirstMessage;
import io.guildhall.domain.room.RoomCommand.PermitInvite;
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomCommand.Unblock;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.journal.JournalSerializer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoomTest {
    static final String CLIENT = "acc_client", FREELANCER = "acc_freelancer", STRANGER = "acc_stranger";
    static final RoomCommand OPEN = new RoomCommand.Open("ctr_1", "A boat", CLIENT, FREELANCER);
    static final RoomCommand OPEN_OTHERWISE = new RoomCommand.Open("ctr_2", "A boat", CLIENT, FREELANCER);
    static final RoomEvent OPENED = new Opened("ctr_1", "A boat", CLIENT, FREELANCER, NOW);

    static RoomEvent posted(String id, long number, String by) {
        return new RoomEvent.MessagePosted(id, number, by, "Ahoy", NOW);
    }

    @Test
    void isOpenedOnceForOneContract() {
        given(AGGREGATE)
                .when(OPEN)
                .then(OPENED)
                .when(OPEN)
                .thenNothingChanges()
                .when(OPEN_OTHERWISE)
                .thenRejected(EXISTS_WITH_OTHER_TERMS);
        given(AGGREGATE).when(new PostMessage(CLIENT, "m1", "Ahoy")).thenRejected(NOT_OPENED);
    }

    @Test
    void numbersMessagesOfBothParties() {
        given(AGGREGATE, OPENED)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .then(posted("m1", 1, CLIENT))
                .when(new PostMessage(FREELANCER, "m2", "Ahoy"))
                .then(posted("m2", 2, FREELANCER));
    }

    @Test
    void rejectsStrangers() {
        given(AGGREGATE, OPENED).when(new PostMessage(STRANGER, "m1", "Ahoy")).thenRejected(NOT_YOURS);
        var room = given(AGGREGATE, OPENED).state();
        assertTrue(room.isVisibleTo(CLIENT) && room.isVisibleTo(FREELANCER));
        assertFalse(room.isVisibleTo(STRANGER) || AGGREGATE.initialState().isVisibleTo(CLIENT));
    }

    private static final RoomCommand MAKE_READ_ONLY = new RoomCommand.MakeReadOnly();
    private static final RoomCommand REMOVE = new RoomCommand.RemoveMember("acc_admin", FREELANCER, "Abuse");
    private static final RoomCommand RESTORE = new RoomCommand.RestoreMember("acc_admin", FREELANCER);

    @Test
    void removedMemberHasNoAccessUntilRestored() {
        var removed = given(AGGREGATE, OPENED)
                .when(RESTORE)
                .thenNothingChanges()
                .when(REMOVE)
                .then(new MemberRemoved(FREELANCER, "acc_admin", "Abuse", NOW))
                .when(REMOVE)
                .thenNothingChanges()
                .when(new PostMessage(FREELANCER, "m1", "Ahoy"))
                .thenRejected(NOT_YOURS)
                .when(new PostMessage(CLIENT, "m2", "Ahoy"))
                .then(posted("m2", 1, CLIENT));
        assertFalse(removed.state().isVisibleTo(FREELANCER));
        assertEquals(Set.of(CLIENT), removed.state().members());
        var restored = removed.when(RESTORE).then(new MemberRestored(FREELANCER, "acc_admin", NOW));
        assertTrue(restored.state().isVisibleTo(FREELANCER));
        assertEquals(Set.of(CLIENT, FREELANCER), restored.state().members());
    }

    @Test
    void onlyMembersAreRemovedAndRestored() {
        given(AGGREGATE, OPENED)
                .when(new RoomCommand.RemoveMember("acc_admin", STRANGER, "Abuse"))
                .thenRejected(NOT_A_MEMBER)
                .when(new RoomCommand.RestoreMember("acc_admin", STRANGER))
                .thenRejected(NOT_A_MEMBER);
        given(AGGREGATE).when(REMOVE).thenRejected(NOT_OPENED).when(RESTORE).thenRejected(NOT_OPENED);
    }

    private static final RoomCommand BLANK =
            new RoomCommand.EditMessage(CLIENT, "c1", message(1, CLIENT), " \n", Optional.empty());

    @Test
    void readOnlyRoomIsReadAndNotWritten() {
        var room = given(AGGREGATE, OPENED)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .then(posted("m1", 1, CLIENT))
                .when(MAKE_READ_ONLY)
                .then(new MadeReadOnly(NOW))
                .when(MAKE_READ_ONLY)
                .thenNothingChanges()
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .thenNothingChanges()
                .when(new PostMessage(FREELANCER, "m2", "Ahoy"))
                .thenRejected(READ_ONLY)
                .when(new PostMessage(STRANGER, "m3", "Ahoy"))
                .thenRejected(NOT_YOURS)
                .when(OPEN)
                .thenNothingChanges();
        assertTrue(room.state().isVisibleTo(CLIENT) && room.state().isVisibleTo(FREELANCER));
        assertEquals(Optional.of(NOW), room.state().readOnlySince());
        assertEquals(Optional.empty(), given(AGGREGATE, OPENED).state().readOnlySince());
    }

    @Test
    void membersOfReadOnlyRoomAreRemovedAndRestored() {
        var removed = given(AGGREGATE, OPENED, new MadeReadOnly(NOW))
                .when(REMOVE)
                .then(new MemberRemoved(FREELANCER, "acc_admin", "Abuse", NOW));
        assertEquals(Set.of(CLIENT), removed.state().members());
        var restored = removed.when(RESTORE).then(new MemberRestored(FREELANCER, "acc_admin", NOW));
        assertEquals(Set.of(CLIENT, FREELANCER), restored.state().members());
        assertEquals(Optional.of(NOW), restored.state().readOnlySince());
        given(AGGREGATE).when(MAKE_READ_ONLY).thenRejected(NOT_OPENED);
    }

    @Test
    void rejectsBlankMessage() {
        given(AGGREGATE, OPENED, posted("m1", 1, CLIENT))
                .when(new PostMessage(CLIENT, "m2", " \n\t"))
                .thenRejected(EMPTY_MESSAGE)
                .when(BLANK)
                .thenRejected(EMPTY_MESSAGE);
    }

    static MessageRef message(long number, String author) {
        return new MessageRef("m" + number, number, Optional.of(author));
    }

    private static final Mention OF_FREELANCER = new Mention("ann", FREELANCER);

    @Test
    void replyNamesAMessageOfTheRoom() {
        given(AGGREGATE, OPENED)
                .when(reply("m1", 1))
                .thenRejected(NO_SUCH_MESSAGE)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .then(posted("m1", 1, CLIENT))
                .when(reply("m2", 0))
                .thenRejected(NO_SUCH_MESSAGE)
                .when(reply("m2", 2))
                .thenRejected(NO_SUCH_MESSAGE)
                .when(reply("m2", 1))
                .then(new MessagePosted(
                        "m2", 2, CLIENT, "Ahoy", Optional.of(1L), Optional.empty(), Optional.empty(), NOW));
    }

    private static RoomCommand reply(String id, long number) {
        return new PostMessage(CLIENT, id, "Ahoy", Optional.of(number), Optional.empty(), Optional.empty());
    }

    @Test
    void onlyMembersAreMentioned() {
        var stranger = new Mention("bob", STRANGER);
        var all = Optional.of(List.of(OF_FREELANCER, stranger, OF_FREELANCER));
        var members = Optional.of(List.of(OF_FREELANCER));
        given(AGGREGATE, OPENED)
                .when(new PostMessage(CLIENT, "m1", "@ann @bob", Optional.empty(), all, Optional.empty()))
                .then(new MessagePosted("m1", 1, CLIENT, "@ann @bob", Optional.empty(), members, Optional.empty(), NOW))
                .when(new RoomCommand.EditMessage(
                        CLIENT, "c1", message(1, CLIENT), "@bob", Optional.of(List.of(stranger))))
                .then(new MessageEdited("m1", 1, "c1", CLIENT, "@bob", Optional.empty(), NOW))
                .when(REMOVE)
                .then(new MemberRemoved(FREELANCER, "acc_admin", "Abuse", NOW))
                .when(new PostMessage(CLIENT, "m2", "@ann", Optional.empty(), members, Optional.empty()))
                .then(new MessagePosted(
                        "m2", 2, CLIENT, "@ann", Optional.empty(), Optional.empty(), Optional.empty(), NOW));
    }

    @Test
    void messageWithFilesNeedsNoText() {
        var files = Optional.of(List.of(new Attachment("fil_1", "plan.pdf", "application/pdf", 7)));
        given(AGGREGATE, OPENED)
                .when(withFiles("m1", "", files))
                .then(new MessagePosted("m1", 1, CLIENT, "", Optional.empty(), Optional.empty(), files, NOW))
                .when(withFiles("m1", "", files))
                .thenNothingChanges()
                .when(withFiles("m2", " ", Optional.of(List.of())))
                .thenRejected(EMPTY_MESSAGE)
                .when(withFiles("m2", "Ahoy", Optional.of(List.of())))
                .then(posted("m2", 2, CLIENT));
    }

    private static RoomCommand withFiles(String id, String text, Optional<List<Attachment>> files) {
        return new PostMessage(CLIENT, id, text, Optional.empty(), Optional.empty(), files);
    }

    private static final RoomCommand EDIT =
            new RoomCommand.EditMessage(CLIENT, "c1", message(1, CLIENT), "Hello", Optional.empty());
    private static final RoomCommand DELETE = new RoomCommand.DeleteMessage(CLIENT, "c2", message(1, CLIENT));

    @Test
    void onlyTheAuthorEditsAndDeletesAMessage() {
        var system = new MessageRef("m1", 1, Optional.empty());
        given(AGGREGATE, OPENED, posted("m1", 1, CLIENT))
                .when(new RoomCommand.EditMessage(FREELANCER, "c3", message(1, CLIENT), "Hello", Optional.empty()))
                .thenRejected(NOT_YOUR_MESSAGE)
                .when(new RoomCommand.DeleteMessage(FREELANCER, "c3", message(1, CLIENT)))
                .thenRejected(NOT_YOUR_MESSAGE)
                .when(new RoomCommand.DeleteMessage(CLIENT, "c3", system))
                .thenRejected(NOT_YOUR_MESSAGE)
                .when(EDIT)
                .then(new MessageEdited("m1", 1, "c1", CLIENT, "Hello", Optional.empty(), NOW))
                .when(DELETE)
                .then(new MessageDeleted("m1", 1, "c2", CLIENT, NOW))
                .when(DELETE)
                .thenNothingChanges();
    }

    private static final RoomCommand REACT =
            new RoomCommand.AddReaction(FREELANCER, "c4", message(1, CLIENT), Reaction.HEART);
    private static final RoomCommand TAKE_BACK =
            new RoomCommand.RemoveReaction(FREELANCER, "c5", message(1, CLIENT), Reaction.HEART);

    @Test
    void membersReactToMessagesOfOthers() {
        given(AGGREGATE, OPENED)
                .when(REACT)
                .thenRejected(NO_SUCH_MESSAGE)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .then(posted("m1", 1, CLIENT))
                .when(REACT)
                .then(new ReactionAdded("m1", 1, "c4", FREELANCER, Reaction.HEART, NOW))
                .when(REACT)
                .thenNothingChanges()
                .when(TAKE_BACK)
                .then(new ReactionRemoved("m1", 1, "c5", FREELANCER, Reaction.HEART, NOW))
                .when(new RoomCommand.AddReaction(STRANGER, "c6", message(1, CLIENT), Reaction.HEART))
                .thenRejected(NOT_YOURS);
    }

    private static final RoomCommand REPORT = new RoomCommand.PostSystemMessage("sys_1", 3, hired());

    private static SystemMessage hired() {
        return new SystemMessage(
                SystemMessage.Kind.HIRED, "ctr_1", Optional.empty(), "A boat", Optional.empty(), Optional.empty());
    }

    @Test
    void contractEventsAreReportedOnceAndNumberedLikeMessages() {
        var room = given(AGGREGATE, OPENED, posted("m1", 1, CLIENT))
                .when(REPORT)
                .then(new SystemMessagePosted("sys_1", 2, hired(), 3, NOW));
        for (int i = 3; i <= 40; i++)
            room = room.when(new PostMessage(CLIENT, "m" + i, "Ahoy")).then(posted("m" + i, i, CLIENT));
        room.when(REPORT)
                .thenNothingChanges()
                .when(new RoomCommand.PostSystemMessage("sys_0", 2, hired()))
                .thenNothingChanges()
                .when(new RoomCommand.PostSystemMessage("sys_2", 4, hired()))
                .then(new SystemMessagePosted("sys_2", 41, hired(), 4, NOW));
    }

    @Test
    void knowsTheNumbersAndTimesOfTheLastMessages() {
        var room = AGGREGATE.initialState().evolve(OPENED);
        for (long number = 1; number <= 40; number++) room = room.evolve(posted("msg_" + number, number, CLIENT));
        var log = room.findContent().orElseThrow().log();
        for (long number = 9; number <= 40; number++)
            assertEquals(Optional.of(new MessageLog.Posting(number, NOW)), log.findPosting("msg_" + number));
        assertEquals(Optional.empty(), log.findPosting("msg_8"));
    }

    @Test
    void stateDoesNotGrowWithMessages() throws Exception {
        var serializer = new JournalSerializer();
        int full = 0;
        var room = AGGREGATE.initialState().evolve(OPENED);
        for (long number = 1; number <= 1_000_000; number++) {
            room = room.evolve(posted("msg_%026d".formatted(number), number, CLIENT))
                    .evolve(new ReactionAdded("msg_1", 1, "chg_%026d".formatted(number), CLIENT, Reaction.HEART, NOW));
            if (number == 100) full = serializer.toBinary(room).length;
        }
        int atTheEnd = serializer.toBinary(room).length;
        assertTrue(atTheEnd <= full + "1000000".length(), () -> "grew to " + atTheEnd + " bytes");
        assertTrue(atTheEnd < 6_000, () -> atTheEnd + " bytes");
    }

    @Test
    void recognisesRepetitionOfLast32Messages() {
        var room = given(AGGREGATE, OPENED);
        for (int i = 1; i <= 32; i++)
            room = room.when(new PostMessage(CLIENT, "m" + i, "Ahoy")).then(posted("m" + i, i, CLIENT));
        room = room.when(new PostMessage(CLIENT, "m1", "Ahoy")).thenNothingChanges();
        room = room.when(new PostMessage(CLIENT, "m33", "Ahoy")).then(posted("m33", 33, CLIENT));
        assertEquals(32, ((Room.Open) room.state()).log().recentMessages().size());
        room.when(new PostMessage(CLIENT, "m2", "Ahoy")).thenNothingChanges();
    }

    private static final RoomEvent CONVERSATION = new ConversationOpened(CLIENT, FREELANCER, NOW);

    private static RoomCommand openConversation(String by, String otherId, String messageId) {
        return new OpenConversation(by, otherId, Optional.of(new FirstMessage(messageId, "Ahoy")));
    }

    @Test
    void conversationIsOpenedOnceForTwoAccounts() {
        assertEquals(Room.conversationId(CLIENT, FREELANCER), Room.conversationId(FREELANCER, CLIENT));
        given(AGGREGATE)
                .when(openConversation(CLIENT, FREELANCER, "m1"))
                .then(CONVERSATION, posted("m1", 1, CLIENT))
                .when(openConversation(CLIENT, FREELANCER, "m1"))
                .thenNothingChanges()
                .when(openConversation(FREELANCER, CLIENT, "m2"))
                .then(posted("m2", 2, FREELANCER))
                .when(new OpenConversation(FREELANCER, CLIENT, Optional.empty()))
                .thenNothingChanges()
                .when(new PostMessage(CLIENT, "m3", "Ahoy"))
                .then(posted("m3", 3, CLIENT))
                .when(OPEN)
                .thenRejected(EXISTS_WITH_OTHER_TERMS);
        assertEquals(
                Set.of(CLIENT, FREELANCER),
                given(AGGREGATE, CONVERSATION).state().members());
        given(AGGREGATE)
                .when(new OpenConversation(CLIENT, FREELANCER, Optional.of(new FirstMessage("m1", " "))))
                .thenRejected(EMPTY_MESSAGE);
    }

    @Test
    void contractRoomIsNeitherOpenedAsConversationNorSilenced() {
        given(AGGREGATE, OPENED)
                .when(openConversation(CLIENT, FREELANCER, "m1"))
                .thenRejected(EXISTS_WITH_OTHER_TERMS)
                .when(new Block(CLIENT, FREELANCER))
                .thenRejected(EXISTS_WITH_OTHER_TERMS);
    }

    @Test
    void blockedAccountCannotOpenAConversation() {
        given(AGGREGATE)
                .when(new Unblock(CLIENT, FREELANCER))
                .thenNothingChanges()
                .when(new Block(CLIENT, FREELANCER))
                .then(new Blocked(CLIENT, FREELANCER, NOW))
                .when(new Block(CLIENT, FREELANCER))
                .thenNothingChanges()
                .when(openConversation(FREELANCER, CLIENT, "m1"))
                .thenRejected(BLOCKED)
                .when(openConversation(CLIENT, FREELANCER, "m1"))
                .thenRejected(YOU_BLOCK)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .thenRejected(NOT_OPENED)
                .when(new Unblock(CLIENT, FREELANCER))
                .then(new Unblocked(CLIENT, FREELANCER, NOW))
                .when(openConversation(FREELANCER, CLIENT, "m1"))
                .then(new ConversationOpened(FREELANCER, CLIENT, NOW), posted("m1", 1, FREELANCER));
    }

    @Test
    void permitsNoInviteWhileOneAccountBlocksTheOther() {
        var invite = new PermitInvite(CLIENT, FREELANCER, "inv_1");
        var other = new PermitInvite(FREELANCER, CLIENT, "inv_2");
        var permitted = new InvitePermitted(CLIENT, FREELANCER, "inv_1", NOW);
        for (var opened : List.of(List.<RoomEvent>of(), List.of(CONVERSATION))) {
            given(AGGREGATE, opened.toArray(RoomEvent[]::new))
                    .when(invite)
                    .then(permitted)
                    .when(new Block(FREELANCER, CLIENT))
                    .then(new Blocked(FREELANCER, CLIENT, NOW))
                    .when(invite)
                    .thenRejected(BLOCKED)
                    .when(other)
                    .thenRejected(YOU_BLOCK)
                    .when(new Unblock(FREELANCER, CLIENT))
                    .then(new Unblocked(FREELANCER, CLIENT, NOW))
                    .when(invite)
                    .thenNothingChanges()
                    .when(other)
                    .then(new InvitePermitted(FREELANCER, CLIENT, "inv_2", NOW))
                    .when(invite)
                    .then(permitted);
        }
        given(AGGREGATE, permitted)
                .when(openConversation(FREELANCER, CLIENT, "m1"))
                .then(new ConversationOpened(FREELANCER, CLIENT, NOW), posted("m1", 1, FREELANCER));
    }

    @Test
    void blockedAccountCannotWriteInTheConversation() {
        var blocked = given(AGGREGATE, CONVERSATION)
                .when(new Block(CLIENT, FREELANCER))
                .then(new Blocked(CLIENT, FREELANCER, NOW))
                .when(new PostMessage(FREELANCER, "m1", "Ahoy"))
                .thenRejected(BLOCKED)
                .when(openConversation(FREELANCER, CLIENT, "m1"))
                .thenRejected(BLOCKED)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .thenRejected(YOU_BLOCK);
        assertTrue(blocked.state().isVisibleTo(FREELANCER), "old messages stay readable");
        blocked.when(new Block(FREELANCER, CLIENT))
                .then(new Blocked(FREELANCER, CLIENT, NOW))
                .when(new Unblock(CLIENT, FREELANCER))
                .then(new Unblocked(CLIENT, FREELANCER, NOW))
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .thenRejected(BLOCKED)
                .when(new Unblock(FREELANCER, CLIENT))
                .then(new Unblocked(FREELANCER, CLIENT, NOW))
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .then(posted("m1", 1, CLIENT));
    }

    @Test
    void authorCanDeleteButNotEditAMessageDespiteABlock() {
        given(AGGREGATE, CONVERSATION, posted("m1", 1, FREELANCER), posted("m2", 2, CLIENT))
                .when(new Block(CLIENT, FREELANCER))
                .then(new Blocked(CLIENT, FREELANCER, NOW))
                .when(new RoomCommand.EditMessage(FREELANCER, "c1", message(1, FREELANCER), "Oh", Optional.empty()))
                .thenRejected(BLOCKED)
                .when(new RoomCommand.DeleteMessage(FREELANCER, "c1", message(2, CLIENT)))
                .thenRejected(NOT_YOUR_MESSAGE)
                .when(new RoomCommand.DeleteMessage(FREELANCER, "c1", message(1, FREELANCER)))
                .then(new RoomEvent.MessageDeleted("m1", 1, "c1", FREELANCER, NOW))
                .when(new RoomCommand.DeleteMessage(CLIENT, "c2", message(2, CLIENT)))
                .then(new RoomEvent.MessageDeleted("m2", 2, "c2", CLIENT, NOW));
    }

    @Test
    void removedMemberCannotOpenTheConversationAgain() {
        given(AGGREGATE, CONVERSATION)
                .when(REMOVE)
                .then(new MemberRemoved(FREELANCER, "acc_admin", "Abuse", NOW))
                .when(openConversation(FREELANCER, CLIENT, "m1"))
                .thenRejected(NOT_YOURS);
    }

    @Property
    void numbersHaveNoGapsAndMessagesNoDuplicates(@ForAll("sequences") List<Step<RoomCommand>> steps) {
        var posted = CommandSequence.run(AGGREGATE, steps).events(RoomEvent.PostEvent.class);
        for (int i = 0; i < posted.size(); i++)
            assertEquals(i + 1, posted.get(i).number());
        assertEquals(
                posted.size(),
                posted.stream().map(RoomEvent.PostEvent::messageId).distinct().count());
    }

    @Provide
    Arbitrary<List<Step<RoomCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<RoomCommand> COMMANDS = List.of(
            OPEN,
            OPEN_OTHERWISE,
            new PostMessage(CLIENT, "m1", "Ahoy"),
            new PostMessage(FREELANCER, "m2", "Ahoy"),
            new PostMessage(CLIENT, "m3", "Ahoy"),
            new PostMessage(FREELANCER, "m4", "  "),
            new PostMessage(STRANGER, "m5", "Ahoy"),
            MAKE_READ_ONLY,
            REMOVE,
            RESTORE,
            openConversation(CLIENT, FREELANCER, "m6"),
            new OpenConversation(FREELANCER, CLIENT, Optional.empty()),
            new Block(CLIENT, FREELANCER),
            new Block(FREELANCER, CLIENT),
            new Unblock(CLIENT, FREELANCER),
            new Unblock(FREELANCER, CLIENT),
            new PermitInvite(CLIENT, FREELANCER, "inv_1"),
            new PermitInvite(FREELANCER, CLIENT, "inv_2"),
            new RoomCommand.RemoveMember("acc_admin", STRANGER, "Abuse"),
            reply("m6", 1),
            EDIT,
            DELETE,
            new RoomCommand.DeleteMessage(FREELANCER, "c3", message(1, CLIENT)),
            REACT,
            TAKE_BACK,
            REPORT);

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
