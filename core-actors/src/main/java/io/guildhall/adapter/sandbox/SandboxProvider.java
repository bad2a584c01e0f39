package io.guildhall.adapter.sandbox;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * A simulated payment provider with its own durable records, in the schema {@code sandbox}. It has test cards that
 * succeed, decline, require an action of the payer, reply late, or succeed and lose the reply, and cards that make the
 * provider err: it reports a decline and then a success, charges twice, charges another amount, or reports a refund
 * that fails afterwards. Any number of nodes can use the same records.
 */
public final class SandboxProvider implements PaymentGateway {
    private final Sql records;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final Signature signature;
    private final BoundedExecutor calls;
    private final Charges charges;
    private final Transfers transfers;
    private final Refunds refunds;
    private final Accounts accounts;

    public SandboxProvider(DataSource database, SandboxSettings settings, InstantSource clock, RandomGenerator random) {
        this.records = new Sql(database);
        this.settings = settings;
        this.clock = clock;
        this.signature = new Signature(settings.secrets());
        this.calls = new BoundedExecutor(
                "sandbox-provider", settings.maxConcurrentCalls(), Duration.ofSeconds(1), settings.timeout());
        var deliveries = new WebhookDeliveries(clock, random, settings.faults());
        var context = new SandboxContext(clock, random, deliveries, settings);
        this.charges = new Charges(context);
        this.transfers = new Transfers(context);
        this.refunds = new Refunds(context);
        this.accounts = new Accounts(context);
    }

    @Override
    public CompletionStage<PaymentResult> perform(Instruction instruction) {
        return calls.call(() -> {
                    var record = create(instruction);
                    if (!record.isNew()) return record.result();
                    return switch (record.replyMode()) {
                        case PROMPT -> record.result();
                        case LATE -> lateResult(instruction);
                        case LOST -> throw new IOException("the connection broke before the reply");
                    };
                })
                .exceptionally(failure -> new PaymentResult.Unknown(message(failure)));
    }

    private PaymentRecord create(Instruction instruction) throws SQLException {
        return records.transaction(connection -> switch (instruction) {
            case Charge charge -> charges.create(connection, charge);
            case Transfer transfer -> transfers.create(connection, transfer);
            case Refund refund -> refunds.create(connection, refund);
        });
    }

    private PaymentResult lateResult(Instruction instruction) throws SQLException, InterruptedException {
        Thread.sleep(settings.latePaymentDelay());
        settleDue();
        return search(instruction.movement(), instruction.id()).orElseThrow().result();
    }

    @Override
    public CompletionStage<SearchResult> find(Movement movement, InstructionId id) {
        return lookUp(() -> search(movement, id));
    }

    private Optional<PaymentRecord> search(Movement movement, InstructionId id) throws SQLException {
        return records.transaction(connection -> switch (movement) {
            case CHARGE -> charges.find(connection, id.key());
            case TRANSFER -> transfers.find(connection, id.key());
            case REFUND -> refunds.find(connection, id.key());
        });
    }

    @Override
    public CompletionStage<SearchResult> retrieve(Movement movement, String reference) {
        return lookUp(() -> records.transaction(connection -> switch (movement) {
            case CHARGE -> charges.findById(connection, reference);
            case TRANSFER -> transfers.findById(connection, reference);
            case REFUND -> refunds.findById(connection, reference);
        }));
    }

    private CompletionStage<SearchResult> lookUp(Callable<Optional<PaymentRecord>> search) {
        return calls.call(() -> search.call()
                        .<SearchResult>map(record -> new SearchResult.Found(record.instruction(), record.result()))
                        .orElseGet(SearchResult.NotFound::new))
                .exceptionally(failure -> new SearchResult.Unreachable(message(failure)));
    }

    @Override
    public CompletionStage<PaymentResult> cancel(InstructionId charge) {
        return calls.call(() -> records.transaction(connection -> {
                    charges.cancel(connection, charge.key());
                    return charges.find(connection, charge.key())
                            .map(PaymentRecord::result)
                            .orElseGet(() -> new PaymentResult.Unknown("not received yet"));
                }))
                .exceptionally(failure -> new PaymentResult.Unknown(message(failure)));
    }

    @Override
    public CompletionStage<Bookings> bookings(Period period, Optional<String> cursor, int limit) {
        if (limit < 1 || limit > Bookings.MAX_LIMIT)
            throw new IllegalArgumentException("a page has 1 to " + Bookings.MAX_LIMIT + " bookings, not " + limit);
        return calls.<Bookings>call(() ->
                        records.transaction(connection -> BalanceEntries.bookings(connection, period, cursor, limit)))
                .exceptionally(failure -> new Bookings.Unreachable(message(failure)));
    }

    @Override
    public Duration arrivalLimit() {
        return settings.timeout().multipliedBy(2).plus(settings.latePaymentDelay());
    }

    @Override
    public Duration keyLifetime() {
        return Duration.ofDays(3650);
    }

    @Override
    public CompletionStage<AccountResult> openAccount(AccountRequest request) {
        return calls.<AccountResult>call(() -> {
                    var row = records.transaction(connection -> accounts.open(connection, request));
                    return new AccountResult.Opened(row.id(), row.state(), link(row.id()));
                })
                .exceptionally(failure -> new AccountResult.Unknown(message(failure)));
    }

    @Override
    public CompletionStage<Optional<AccountState>> accountState(String account) {
        return calls.call(() -> records.transaction(
                connection -> Accounts.findById(connection, account).map(Accounts.Row::state)));
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
    public Webhook readWebhook(byte[] body, String header) {
        var problem = signature.validate(body, header, clock.instant());
        if (problem.isPresent()) return new Webhook.Rejected(problem.get());
        try {
            return new Webhook.Verified(WebhookJson.event(body));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return new Webhook.Malformed("not an event: " + e.getMessage());
        }
    }

    /**
     * Confirms a payment, as the payer does on the page of the provider. Returns whether the secret was right and the
     * payment required it.
     */
    public CompletionStage<Boolean> confirmAuthentication(String intentId, String clientSecret) {
        return calls.call(() -> records.transaction(connection -> charges.confirm(connection, intentId, clientSecret)));
    }

    /**
     * Completes the verification of an account, as its owner does on the page of the provider. Returns whether the
     * account exists.
     */
    public CompletionStage<Boolean> completeOnboarding(String account, AccountStatus outcome) {
        return calls.call(
                () -> records.transaction(connection -> accounts.completeVerification(connection, account, outcome)));
    }

    /** Completes the late payments that are due, of all nodes. */
    void settleDue() throws SQLException {
        records.execute(connection -> {
            charges.settleDue(connection);
            transfers.settleDue(connection);
            refunds.settleDue(connection);
        });
    }

    /** The text for a failure of the call. Rethrows a bug of this program. */
    private static String message(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof KeyReusedException reused) throw reused;
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
