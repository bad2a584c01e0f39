package io.guildhall.domain.room;

import static io.guildhall.domain.room.Room.AGGREGATE;
import static io.guildhall.domain.room.RoomRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.room.RoomCommand.PostMessage;
import io.guildhall.domain.room.RoomEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.util.List;
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
            REMOVE,
            RESTORE,
            new RoomCommand.RemoveMember("acc_admin", STRANGER, "Abuse"));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
