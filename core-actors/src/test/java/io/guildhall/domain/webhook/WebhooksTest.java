package io.guildhall.domain.webhook;

import static io.guildhall.domain.webhook.Webhooks.AGGREGATE;
import static io.guildhall.domain.webhook.WebhooksRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.webhook.WebhooksCommand.*;
import io.guildhall.domain.webhook.WebhooksEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    static final String URL = "https://example.com/a";
    static final String OTHER_URL = "https://example.com/b";
    static final List<String> KINDS = List.of("WORK_SUBMITTED");
    static final Registered REGISTERED = new Registered("whk_1", URL, KINDS, NOW);

    @Test
    void isRegisteredChangedAndRemoved() {
        given(AGGREGATE)
                .when(new Register("whk_1", URL, KINDS))
                .then(REGISTERED)
                .when(new Register("whk_1", URL, KINDS))
                .thenNothingChanges()
                .when(new Register("whk_2", URL, KINDS))
                .thenRejected(ADDRESS_IN_USE)
                .when(new Change("whk_1", URL, List.of("MILESTONE_PAID")))
                .then(new Changed("whk_1", URL, List.of("MILESTONE_PAID"), NOW))
                .when(new Change("whk_1", URL, List.of("MILESTONE_PAID")))
                .thenNothingChanges()
                .when(new Change("whk_2", URL, KINDS))
                .thenRejected(NO_SUCH_WEBHOOK)
                .when(new Remove("whk_1"))
                .then(new Removed("whk_1", NOW))
                .when(new Remove("whk_1"))
                .thenNothingChanges();
    }

    @Test
    void eachHasAnotherAddress() {
        given(AGGREGATE, REGISTERED, new Registered("whk_2", OTHER_URL, KINDS, NOW))
                .when(new Change("whk_2", URL, KINDS))
                .thenRejected(ADDRESS_IN_USE);
    }

    @Test
    void limitsTheirNumber() {
        var full = given(AGGREGATE);
        for (int i = 0; i < Webhooks.MAX; i++)
            full = full.when(new Register("whk_" + i, URL + i, KINDS))
                    .then(new Registered("whk_" + i, URL + i, KINDS, NOW));
        full.when(new Register("whk_x", URL, KINDS)).thenRejected(TOO_MANY);
    }

    @Test
    void isPausedAndResumed() {
        given(AGGREGATE, REGISTERED)
                .when(new Pause("whk_1"))
                .then(new Paused("whk_1", NOW))
                .when(new Pause("whk_1"))
                .thenNothingChanges()
                .when(new SendTest("whk_1", "whd_1"))
                .thenRejected(NOT_ACTIVE)
                .when(new Resume("whk_1"))
                .then(new Resumed("whk_1", NOW))
                .when(new Resume("whk_1"))
                .thenNothingChanges();
    }

    @Test
    void isNotDisabledIfItWasChangedOrResumedInTheMeantime() {
        var later = NOW.plusSeconds(1);
        given(AGGREGATE, REGISTERED)
                .when(new Disable("whk_1", DisableReason.FAILED, NOW.minusSeconds(1)), later)
                .thenNothingChanges()
                .when(new Disable("whk_1", DisableReason.GONE, NOW), later)
                .then(new Disabled("whk_1", URL, DisableReason.GONE, later))
                .when(new Disable("whk_1", DisableReason.GONE, NOW), later)
                .thenNothingChanges()
                .when(new Pause("whk_1"))
                .thenNothingChanges()
                .when(new Resume("whk_1"), later)
                .then(new Resumed("whk_1", later))
                .when(new Disable("whk_1", DisableReason.GONE, NOW), later)
                .thenNothingChanges();
    }

    @Test
    void previousSecretsSignForADay() {
        var until = NOW.plus(Webhooks.SECRET_OVERLAP);
        var rotated = given(AGGREGATE, REGISTERED)
                .when(new RotateSecret("whk_1", 2))
                .then(new SecretRotated("whk_1", 2, until, NOW))
                .when(new RotateSecret("whk_1", 2))
                .thenNothingChanges();
        var webhook = rotated.state().find("whk_1").orElseThrow();
        assertEquals(List.of(2, 1), webhook.signingGenerations(until.minusMillis(1)));
        assertEquals(List.of(2), webhook.signingGenerations(until));
    }

    @Test
    void limitsTheSecretsThatSign() {
        var until = NOW.plus(Webhooks.SECRET_OVERLAP);
        var rotated = given(AGGREGATE, REGISTERED);
        for (int i = 2; i <= 1 + Webhooks.MAX_RETIRING_SECRETS; i++)
            rotated = rotated.when(new RotateSecret("whk_1", i)).then(new SecretRotated("whk_1", i, until, NOW));
        var webhook = rotated.state().find("whk_1").orElseThrow();
        assertEquals(List.of(4, 3, 2, 1), webhook.signingGenerations(NOW));
        rotated.when(new RotateSecret("whk_1", 5))
                .thenRejected(TOO_MANY_SECRETS)
                .when(new RotateSecret("whk_1", 5), until)
                .then(new SecretRotated("whk_1", 5, until.plus(Webhooks.SECRET_OVERLAP), until));
    }

    @Test
    void limitsTestsAndRepeatedDeliveries() {
        var sent = given(AGGREGATE, REGISTERED)
                .when(new SendAgain("whk_1", "whd_9", "req_1"))
                .then(new RedeliveryRequested("whk_1", "whd_9", "req_1", NOW))
                .when(new SendAgain("whk_1", "whd_9", "req_1"))
                .thenNothingChanges();
        for (int i = 1; i < Webhooks.MAX_SENDS_PER_HOUR; i++)
            sent = sent.when(new SendTest("whk_1", "whd_" + i)).then(new TestRequested("whk_1", "whd_" + i, NOW));
        var later = NOW.plus(Duration.ofHours(1));
        sent.when(new SendTest("whk_1", "whd_x"))
                .thenRejected(TOO_MANY_SENDS)
                .when(new SendAgain("whk_1", "whd_9", "req_2"))
                .thenRejected(TOO_MANY_SENDS)
                .when(new SendTest("whk_1", "whd_x"), later)
                .then(new TestRequested("whk_1", "whd_x", later));
    }

    @Test
    void ownerIsToldOfDroppedDeliveriesOnceADay() {
        var registered = new Registered("whk_1", URL, KINDS, NOW);
        given(AGGREGATE, registered)
                .when(new ReportDropped("whk_2", NOW))
                .thenNothingChanges()
                .when(new ReportDropped("whk_1", NOW))
                .then(new DeliveriesDropped("whk_1", URL, NOW))
                .when(new ReportDropped("whk_1", NOW))
                .thenNothingChanges()
                .when(new ReportDropped(
                        "whk_1", NOW.plus(Webhooks.DROPS_REPORTED_EVERY).minusSeconds(1)))
                .thenNothingChanges()
                .when(new ReportDropped("whk_1", NOW.plus(Webhooks.DROPS_REPORTED_EVERY)))
                .then(new DeliveriesDropped("whk_1", URL, NOW));
    }

    @Property
    void staysWithinItsLimits(@ForAll("sequences") List<Step<WebhooksCommand>> steps) {
        var state = CommandSequence.run(AGGREGATE, steps).state();
        assertTrue(state.all().size() <= Webhooks.MAX);
        assertTrue(state.sends().size() <= Webhooks.MAX_SENDS_PER_HOUR);
        assertEquals(
                state.all().size(),
                state.all().stream().map(Webhook::url).distinct().count());
    }

    @Provide
    Arbitrary<List<Step<WebhooksCommand>>> sequences() {
        return CommandSequence.random(COMMANDS, Duration.ZERO, Duration.ofHours(9));
    }

    static final List<WebhooksCommand> COMMANDS = List.of(
            new Register("whk_1", URL, KINDS),
            new Register("whk_2", OTHER_URL, KINDS),
            new Change("whk_1", OTHER_URL, KINDS),
            new Change("whk_2", OTHER_URL, List.of("MILESTONE_PAID")),
            new Pause("whk_1"),
            new Resume("whk_1"),
            new Remove("whk_2"),
            new RotateSecret("whk_1", 2),
            new Disable("whk_1", DisableReason.FAILED, NOW.plus(Duration.ofDays(1_000))),
            new SendTest("whk_1", "whd_1"),
            new SendAgain("whk_1", "whd_1", "req_1"),
            new ReportDropped("whk_1", NOW));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of(TOO_MANY, TOO_MANY_SECRETS, TOO_MANY_SENDS));
    }
}
