package io.guildhall.adapter.sandbox;

import io.guildhall.adapter.sandbox.Entry.Manner;
import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.PaymentGateway.Instruction.Charge;
import io.guildhall.port.PaymentGateway.Instruction.Refund;
import io.guildhall.port.PaymentGateway.Instruction.Transfer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * A payment provider with durable books of its own, in the schema {@code sandbox}: test cards that succeed, decline, ask the payer,
 * answer late, or succeed and lose the answer. Any number of nodes may hold one over the same books.
 */
public final class SandboxProvider implements PaymentGateway {
    private final Sql books;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final Signature signature;
    private final BoundedExecutor calls;
    private final Charges charges;
    private final Transfers transfers;
    private final Refunds refunds;
    private final Accounts accounts;

    public SandboxProvider(DataSource database, SandboxSettings settings, InstantSource clock, RandomGenerator chance) {
        this.books = new Sql(database);
        this.settings = settings;
        this.clock = clock;
        this.signature = new Signature(settings.secrets());
        this.calls =
                new BoundedExecutor("sandbox-provider", settings.places(), Duration.ofSeconds(1), settings.answering());
        var deliveries = new Deliveries(clock, chance, settings.mischief());
        this.charges = new Charges(clock, chance, deliveries, settings);
        this.transfers = new Transfers(clock, chance, deliveries, settings);
        this.refunds = new Refunds(clock, chance, deliveries, settings);
        this.accounts = new Accounts(clock, chance, deliveries, settings);
    }

    @Override
    public CompletionStage<Answer> perform(Instruction instruction) {
        return calls.call(() -> {
                    var entry = write(instruction);
                    if (!entry.fresh()) return entry.answer();
                    return switch (entry.manner()) {
                        case PROMPT -> entry.answer();
                        case LATE -> late(instruction);
                        case LOST -> throw new IOException("the connection broke before the answer came");
                    };
                })
                .exceptionally(failure -> new Answer.Unknown(unless(failure)));
    }

    private Entry write(Instruction instruction) throws SQLException {
        return books.transaction(connection -> switch (instruction) {
            case Charge charge -> charges.write(connection, charge);
            case Transfer transfer -> transfers.write(connection, transfer);
            case Refund refund -> refunds.write(connection, refund);
        });
    }

    private Answer late(Instruction instruction) throws SQLException, InterruptedException {
        Thread.sleep(settings.lateness());
        settle();
        return search(instruction).orElseThrow().answer();
    }

    @Override
    public CompletionStage<Trace> find(Instruction instruction) {
        return calls.call(() -> search(instruction)
                        .<Trace>map(entry -> new Trace.Found(entry.answer()))
                        .orElseGet(Trace.NotFound::new))
                .exceptionally(failure -> new Trace.Unreachable(unless(failure)));
    }

    private Optional<Entry> search(Instruction instruction) throws SQLException {
        var key = instruction.purpose().key();
        return books.transaction(connection -> switch (instruction) {
            case Charge _ -> charges.find(connection, key);
            case Transfer _ -> transfers.find(connection, key);
            case Refund _ -> refunds.find(connection, key);
        });
    }

    @Override
    public CompletionStage<Answer> abandon(Charge charge) {
        return calls.call(() -> books.transaction(connection -> {
                    charges.cancel(connection, charge.purpose().key());
                    return charges.find(connection, charge.purpose().key())
                            .map(Entry::answer)
                            .orElseGet(() -> new Answer.Unknown("not received yet"));
                }))
                .exceptionally(failure -> new Answer.Unknown(unless(failure)));
    }

    @Override
    public Duration keyLife() {
        return Duration.ofDays(3650);
    }

    @Override
    public CompletionStage<Opening> open(AccountRequest request) {
        return calls.<Opening>call(() -> {
                    var row = books.transaction(connection -> accounts.open(connection, request));
                    return new Opening.Opened(row.id(), row.standing(), link(row.id()));
                })
                .exceptionally(failure -> new Opening.Unknown(unless(failure)));
    }

    @Override
    public CompletionStage<Optional<Standing>> standing(String account) {
        return calls.call(() -> books.transaction(
                connection -> Accounts.byId(connection, account).map(Accounts.Row::standing)));
    }

    @Override
    public CompletionStage<String> onboardingLink(String account) {
        return calls.call(() -> link(account));
    }

    private String link(String account) {
        return settings.publicUrl()
                .resolve("/sandbox/payout-accounts/" + account + "/onboarding")
                .toString();
    }

    @Override
    public String signatureHeader() {
        return Signature.HEADER;
    }

    @Override
    public Notice read(byte[] body, String header) {
        var doubt = signature.doubt(body, header, clock.instant());
        if (doubt.isPresent()) return new Notice.Rejected(doubt.get());
        try {
            return new Notice.Genuine(Wire.event(body));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new Notice.Rejected("not an event: " + e.getMessage());
        }
    }

    /** The page on which a payer proves to be the card's holder; whether the secret was right and the payment waited for it. */
    public CompletionStage<Boolean> confirmAuthentication(String intentId, String clientSecret) {
        return calls.call(() -> books.transaction(connection -> charges.confirm(connection, intentId, clientSecret)));
    }

    /** The page on which an account's owner says who they are, and what the provider makes of it; whether there is such an account. */
    public CompletionStage<Boolean> completeOnboarding(String account, Standing outcome) {
        return calls.call(() -> books.transaction(connection -> accounts.complete(connection, account, outcome)));
    }

    /** For tests: the first answer to each transfer to this account comes late. */
    public CompletionStage<Boolean> answerLate(String account) {
        return calls.call(() -> books.transaction(connection -> accounts.behave(connection, account, Manner.LATE)));
    }

    /** For tests: each transfer to this account is made, but the first answer to it is lost. */
    public CompletionStage<Boolean> loseAnswers(String account) {
        return calls.call(() -> books.transaction(connection -> accounts.behave(connection, account, Manner.LOST)));
    }

    /** Late payments whose time has come, whichever node they were asked by. */
    void settle() throws SQLException {
        books.execute(connection -> {
            charges.settleDue(connection);
            transfers.settleDue(connection);
        });
    }

    /** What to say of a failure of the call; a fault of this program is no answer. */
    private static String unless(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof KeyReused reused) throw reused;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
