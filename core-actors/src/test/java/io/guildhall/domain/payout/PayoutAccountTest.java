package io.guildhall.domain.payout;

import static io.guildhall.domain.payout.PayoutAccount.AGGREGATE;
import static io.guildhall.domain.payout.PayoutAccountRejection.*;
import static io.guildhall.domain.payout.PayoutStatus.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.payout.PayoutAccountCommand.*;
import io.guildhall.domain.payout.PayoutAccountEvent.*;
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PayoutAccountTest {
    static final String LINK = "https://provider.example/1";
    static final Instant THEN = NOW.plusSeconds(1), LATER = NOW.plusSeconds(2);
    static final PayoutAccountEvent REQUESTED = new Requested("DE", 1, NOW),
            REFUSED = new Refused("country", NOW),
            OPENED = new Opened("acct_1", PENDING, LINK, NOW),
            VERIFIED_THEN = new StatusChanged(VERIFIED, THEN, NOW);

    @Test
    void isRequestedAndOpenedOnce() {
        given(AGGREGATE)
                .when(new Request("DE"))
                .then(REQUESTED)
                .when(new Request("DE"))
                .thenItIsSoAlready()
                .when(new RecordOpened("acct_1", PENDING, LINK))
                .then(OPENED)
                .when(new RecordOpened("acct_1", PENDING, LINK))
                .thenItIsSoAlready()
                .when(new Request("FR"))
                .thenItIsSoAlready()
                .when(new RecordOpened("acct_2", PENDING, LINK))
                .thenRefused(OPENED_AS_ANOTHER);
    }

    @Test
    void afterARefusalItMayBeRequestedAgainUnderAnotherKey() {
        given(AGGREGATE, REQUESTED)
                .when(new RecordRefused(1, "country"))
                .then(REFUSED)
                .when(new RecordRefused(1, "country"))
                .thenItIsSoAlready()
                .when(new Request("FR"))
                .then(new Requested("FR", 2, NOW))
                .when(new RecordRefused(1, "country"))
                .thenItIsSoAlready()
                .when(new RecordRefused(3, "country"))
                .thenRefused(NOT_REQUESTED);
    }

    @Test
    void nothingIsRecordedThatWasNotAskedFor() {
        given(AGGREGATE).when(new RecordOpened("acct_1", VERIFIED, LINK)).thenRefused(NOT_REQUESTED);
        given(AGGREGATE).when(new RecordRefused(1, "country")).thenRefused(NOT_REQUESTED);
        given(AGGREGATE).when(new RecordStatus(VERIFIED, NOW)).thenRefused(NOT_REQUESTED);
        given(AGGREGATE, REQUESTED).when(new RecordStatus(VERIFIED, NOW)).thenRefused(NOT_OPENED);
    }

    @Test
    void onlyNewerNewsCounts() {
        given(AGGREGATE, REQUESTED, OPENED)
                .when(new RecordStatus(VERIFIED, THEN))
                .then(VERIFIED_THEN)
                .when(new RecordStatus(RESTRICTED, NOW))
                .thenItIsSoAlready()
                .when(new RecordStatus(RESTRICTED, THEN))
                .thenItIsSoAlready()
                .when(new RecordStatus(RESTRICTED, LATER))
                .then(new StatusChanged(RESTRICTED, LATER, NOW));
    }

    @Test
    void onlyAVerifiedOneTakesTransfers() {
        assertFalse(AGGREGATE.initialState().canReceiveTransfers());
        assertFalse(given(AGGREGATE, REQUESTED, OPENED).state().canReceiveTransfers());
        assertTrue(given(AGGREGATE, REQUESTED, OPENED, VERIFIED_THEN).state().canReceiveTransfers());
        assertFalse(given(AGGREGATE, REQUESTED, OPENED, new StatusChanged(RESTRICTED, THEN, NOW))
                .state()
                .canReceiveTransfers());
    }

    /** Whatever order the provider's news arrives in, the newest is what remains. */
    @Property
    void theNewestNewsRemains(@ForAll("conversations") List<Said<PayoutAccountCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        var news = held.all(StatusChanged.class);
        for (int i = 1; i < news.size(); i++)
            assertTrue(news.get(i).asOf().isAfter(news.get(i - 1).asOf()));
        assertTrue(held.all(Opened.class).size() <= 1);
        if (held.state() instanceof PayoutAccount.Open open && !news.isEmpty())
            assertTrue(open.status() == news.getLast().status());
    }

    @Provide
    Arbitrary<List<Said<PayoutAccountCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<PayoutAccountCommand> VOCABULARY = List.of(
            new Request("DE"),
            new RecordOpened("acct_1", PENDING, LINK),
            new RecordOpened("acct_2", VERIFIED, LINK),
            new RecordRefused(1, "country"),
            new RecordRefused(2, "country"),
            new RecordStatus(VERIFIED, THEN),
            new RecordStatus(RESTRICTED, LATER));

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
