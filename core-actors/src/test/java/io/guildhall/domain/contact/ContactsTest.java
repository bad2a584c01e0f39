package io.guildhall.domain.contact;

import static io.guildhall.domain.contact.Contacts.AGGREGATE;
import static io.guildhall.domain.contact.Contacts.MAX_A_DAY;
import static io.guildhall.domain.contact.Contacts.MAX_INVITES_PER_DAY_TO_ONE;
import static io.guildhall.domain.contact.Contacts.MAX_INVITES_PER_HOUR;
import static io.guildhall.domain.contact.ContactsRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.contact.ContactsCommand.CountInvite;
import io.guildhall.domain.contact.ContactsCommand.RecordUnopened;
import io.guildhall.domain.contact.ContactsCommand.RequestConversation;
import io.guildhall.domain.contact.ContactsEvent.ConversationNotOpened;
import io.guildhall.domain.contact.ContactsEvent.ConversationRequested;
import io.guildhall.domain.contact.ContactsEvent.InviteCounted;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import io.guildhall.kernel.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContactsTest {
    private static final ContactEvidence EVIDENCE = new ContactEvidence(ContactEvidence.Kind.PROFILE, "acc_x");

    private static ContactsCommand request(String otherId, String requestId) {
        return new RequestConversation("acc_me", otherId, requestId, EVIDENCE, Optional.of("Ahoy"));
    }

    private static ContactsEvent requested(String otherId, String requestId, Instant at) {
        return new ConversationRequested("acc_me", otherId, requestId, EVIDENCE, Optional.of("Ahoy"), at);
    }

    private static ContactsEvent[] aDay(Instant at) {
        return IntStream.range(0, MAX_A_DAY)
                .mapToObj(i -> requested("acc_" + i, "msg_" + i, at))
                .toArray(ContactsEvent[]::new);
    }

    @Test
    void repeatedRequestChangesNothing() {
        given(AGGREGATE)
                .when(request("acc_1", "msg_1"))
                .then(requested("acc_1", "msg_1", NOW))
                .when(request("acc_1", "msg_1"))
                .thenNothingChanges()
                .when(request("acc_me", "msg_2"))
                .thenRejected(YOURSELF);
    }

    @Test
    void conversationThatWasNotOpenedIsRecordedOnce() {
        var notOpened = new RecordUnopened("acc_me", "acc_1", "msg_1");
        given(AGGREGATE, requested("acc_1", "msg_1", NOW))
                .when(notOpened)
                .then(new ConversationNotOpened("acc_me", "acc_1", "msg_1", NOW))
                .when(notOpened)
                .thenNothingChanges()
                .when(request("acc_1", "msg_1"))
                .thenNothingChanges()
                .when(request("acc_1", "msg_2"))
                .then(requested("acc_1", "msg_2", NOW))
                .when(notOpened)
                .thenNothingChanges();
        given(AGGREGATE, aDay(NOW)).when(notOpened).then(new ConversationNotOpened("acc_me", "acc_1", "msg_1", NOW));
        given(AGGREGATE).when(notOpened).thenNothingChanges();
    }

    @Test
    void twentyNewConversationsADay() {
        given(AGGREGATE, aDay(NOW))
                .when(request("acc_more", "msg_more"))
                .thenRejected(TOO_MANY_TODAY)
                .when(request("acc_3", "msg_3"))
                .thenNothingChanges()
                .when(request("acc_3", "msg_again"))
                .then(requested("acc_3", "msg_again", NOW))
                .when(request("acc_more", "msg_more"))
                .thenRejected(TOO_MANY_TODAY);
    }

    @Test
    void countsEachDayInUtcAnew() {
        var midnight = NOW.truncatedTo(ChronoUnit.DAYS);
        given(AGGREGATE, aDay(midnight.minusMillis(1)))
                .when(request("acc_more", "msg_more"))
                .then(requested("acc_more", "msg_more", NOW));
        given(AGGREGATE, aDay(midnight)).when(request("acc_more", "msg_more")).thenRejected(TOO_MANY_TODAY);
    }

    @Test
    void suspendedAccountsStartNoConversation() {
        var contacts = given(AGGREGATE).state();
        var command = request("acc_1", "msg_1");
        assertEquals(
                new Decision.Rejected<>(CALLER_SUSPENDED), AGGREGATE.decide(contacts, command, NOW, "acc_me"::equals));
        assertEquals(
                new Decision.Rejected<>(COUNTERPART_SUSPENDED),
                AGGREGATE.decide(contacts, command, NOW, "acc_1"::equals));
    }

    private static ContactsCommand invite(String otherId, String requestId) {
        return new CountInvite("acc_me", otherId, requestId);
    }

    private static ContactsEvent invited(String otherId, String requestId, Instant at) {
        return new InviteCounted("acc_me", otherId, requestId, at);
    }

    @Test
    void sixtyInvitesAnHour() {
        var hour = IntStream.range(0, MAX_INVITES_PER_HOUR)
                .mapToObj(i -> invited("acc_" + i, "req_" + i, NOW.minus(Duration.ofMinutes(59))))
                .toArray(ContactsEvent[]::new);
        given(AGGREGATE, hour)
                .when(invite("acc_more", "req_more"))
                .thenRejected(TOO_MANY_INVITES)
                .when(invite("acc_3", "req_3"))
                .thenNothingChanges();
        hour[0] = invited("acc_0", "req_0", NOW.minus(Duration.ofHours(1)));
        given(AGGREGATE, hour)
                .when(invite("acc_more", "req_more"))
                .then(invited("acc_more", "req_more", NOW))
                .when(invite("acc_next", "req_next"))
                .thenRejected(TOO_MANY_INVITES);
    }

    @Test
    void tenInvitesADayToOneAccount() {
        var day = IntStream.range(0, MAX_INVITES_PER_DAY_TO_ONE)
                .mapToObj(i -> invited("acc_1", "req_" + i, NOW.minus(Duration.ofHours(23))))
                .toArray(ContactsEvent[]::new);
        given(AGGREGATE, day)
                .when(invite("acc_1", "req_more"))
                .thenRejected(TOO_MANY_INVITES_TO_ONE)
                .when(invite("acc_2", "req_other"))
                .then(invited("acc_2", "req_other", NOW))
                .when(invite("acc_me", "req_me"))
                .thenRejected(YOURSELF);
        day[0] = invited("acc_1", "req_0", NOW.minus(Duration.ofHours(24)));
        given(AGGREGATE, day).when(invite("acc_1", "req_more")).then(invited("acc_1", "req_more", NOW));
    }

    @Property
    void noDayHasMoreThanTheLimit(@ForAll("sequences") List<Step<ContactsCommand>> steps) {
        var byDay = new HashMap<Instant, Set<String>>();
        for (var it : CommandSequence.run(AGGREGATE, steps).events(ConversationRequested.class)) {
            var others = byDay.computeIfAbsent(it.at().truncatedTo(ChronoUnit.DAYS), _ -> new HashSet<>());
            others.add(it.otherId());
            assertTrue(others.size() <= MAX_A_DAY);
        }
    }

    @Provide
    Arbitrary<List<Step<ContactsCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<ContactsCommand> COMMANDS = IntStream.range(0, 25)
            .boxed()
            .flatMap(i -> Stream.of(
                    request("acc_" + i, "msg_" + i),
                    new RecordUnopened("acc_me", "acc_" + i, "msg_" + i),
                    invite("acc_" + i, "req_" + i)))
            .toList();

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(
                AGGREGATE,
                COMMANDS,
                Set.of(
                        YOURSELF,
                        TOO_MANY_TODAY,
                        TOO_MANY_INVITES,
                        TOO_MANY_INVITES_TO_ONE,
                        CALLER_SUSPENDED,
                        COUNTERPART_SUSPENDED));
    }
}
