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
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
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

    static RoomEvent said(String id, long number, String by) {
        return new RoomEvent.MessagePosted(id, number, by, "Ahoy", NOW);
    }

    @Test
    void isOpenedOnceForOneContract() {
        given(AGGREGATE)
                .when(OPEN)
                .then(OPENED)
                .when(OPEN)
                .thenItIsSoAlready()
                .when(OPEN_OTHERWISE)
                .thenRefused(OPENED_OTHERWISE);
        given(AGGREGATE).when(new PostMessage(CLIENT, "m1", "Ahoy")).thenRefused(NOT_OPENED);
    }

    @Test
    void whatBothSayIsNumbered() {
        given(AGGREGATE, OPENED)
                .when(new PostMessage(CLIENT, "m1", "Ahoy"))
                .then(said("m1", 1, CLIENT))
                .when(new PostMessage(FREELANCER, "m2", "Ahoy"))
                .then(said("m2", 2, FREELANCER));
    }

    @Test
    void aStrangerNeitherSpeaksNorListens() {
        given(AGGREGATE, OPENED).when(new PostMessage(STRANGER, "m1", "Ahoy")).thenRefused(NOT_YOURS);
        var room = given(AGGREGATE, OPENED).state();
        assertTrue(room.isVisibleTo(CLIENT) && room.isVisibleTo(FREELANCER));
        assertFalse(room.isVisibleTo(STRANGER) || AGGREGATE.initialState().isVisibleTo(CLIENT));
    }

    @Test
    void nothingIsNotSaid() {
        given(AGGREGATE, OPENED).when(new PostMessage(CLIENT, "m1", " \n\t")).thenRefused(NOTHING_SAID);
    }

    @Test
    void aMessageSentAgainIsKnownAmongTheLastThirtyTwo() {
        var room = given(AGGREGATE, OPENED);
        for (int i = 1; i <= 32; i++)
            room = room.when(new PostMessage(CLIENT, "m" + i, "Ahoy")).then(said("m" + i, i, CLIENT));
        room = room.when(new PostMessage(CLIENT, "m1", "Ahoy")).thenItIsSoAlready();
        room = room.when(new PostMessage(CLIENT, "m33", "Ahoy")).then(said("m33", 33, CLIENT));
        assertEquals(32, ((Room.Open) room.state()).recentMessageIds().size());
        room.when(new PostMessage(CLIENT, "m2", "Ahoy")).thenItIsSoAlready();
    }

    @Property
    void numbersHaveNoGapsAndMessagesNoRepeats(@ForAll("conversations") List<Said<RoomCommand>> asked) {
        var said = Conversation.hold(AGGREGATE, asked).all(RoomEvent.MessagePosted.class);
        for (int i = 0; i < said.size(); i++) assertEquals(i + 1, said.get(i).number());
        assertEquals(
                said.size(),
                said.stream().map(RoomEvent.MessagePosted::messageId).distinct().count());
    }

    @Provide
    Arbitrary<List<Said<RoomCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<RoomCommand> VOCABULARY = List.of(
            OPEN,
            OPEN_OTHERWISE,
            new PostMessage(CLIENT, "m1", "Ahoy"),
            new PostMessage(FREELANCER, "m2", "Ahoy"),
            new PostMessage(CLIENT, "m3", "Ahoy"),
            new PostMessage(FREELANCER, "m4", "  "),
            new PostMessage(STRANGER, "m5", "Ahoy"));

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
