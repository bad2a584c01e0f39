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
import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomCommand.Unblock;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
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
        given(AGGREGATE, OPENED).when(new PostMessage(CLIENT, "m1", " \n\t")).thenRejected(EMPTY_MESSAGE);
    }

    @Test
    void recognisesRepetitionOfLast32Messages() {
        var room = given(AGGREGATE, OPENED);
        for (int i = 1; i <= 32; i++)
            room = room.when(new PostMessage(CLIENT, "m" + i, "Ahoy")).then(posted("m" + i, i, CLIENT));
        room = room.when(new PostMessage(CLIENT, "m1", "Ahoy")).thenNothingChanges();
        room = room.when(new PostMessage(CLIENT, "m33", "Ahoy")).then(posted("m33", 33, CLIENT));
        assertEquals(32, ((Room.Open) room.state()).recentMessageIds().size());
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
    void removedMemberCannotOpenTheConversationAgain() {
        given(AGGREGATE, CONVERSATION)
                .when(REMOVE)
                .then(new MemberRemoved(FREELANCER, "acc_admin", "Abuse", NOW))
                .when(openConversation(FREELANCER, CLIENT, "m1"))
                .thenRejected(NOT_YOURS);
    }

    @Property
    void numbersHaveNoGapsAndMessagesNoDuplicates(@ForAll("sequences") List<Step<RoomCommand>> steps) {
        var posted = CommandSequence.run(AGGREGATE, steps).events(RoomEvent.MessagePosted.class);
        for (int i = 0; i < posted.size(); i++)
            assertEquals(i + 1, posted.get(i).number());
        assertEquals(
                posted.size(),
                posted.stream()
                        .map(RoomEvent.MessagePosted::messageId)
                        .distinct()
                        .count());
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
            new RoomCommand.RemoveMember("acc_admin", STRANGER, "Abuse"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
