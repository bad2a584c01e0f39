package io.guildhall.http.route.contract;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.Accept;
import io.guildhall.domain.contract.ContractCommand.Cancel;
import io.guildhall.domain.contract.ContractCommand.RequestChanges;
import io.guildhall.domain.contract.ContractCommand.Submit;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.DropCharge;
import io.guildhall.domain.escrow.EscrowCommand.Fund;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.Contracts;
import io.guildhall.projections.readmodel.ledger.Ledger;
import io.guildhall.projections.readmodel.timeline.Timeline;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Read, fund, deliver, accept and cancel contracts. Amounts come from the contract; no request contains one. */
public final class ContractEndpoints {
    private static final String CONTRACT = "/api/contracts/{contractId}";
    private static final String MILESTONE = CONTRACT + "/milestones/{number}";

    private final AggregateApi<Contract, ContractCommand, ContractRejection> contracts;
    private final AggregateApi<Escrow, EscrowCommand, EscrowRejection> escrows;
    private final Contracts lists;
    private final Timeline timeline;
    private final Ledger ledger;

    public ContractEndpoints(Entities entities, Contracts lists, Timeline timeline, Ledger ledger) {
        this.contracts = new AggregateApi<>(entities, Contract.AGGREGATE, ContractProblems::of);
        this.escrows = new AggregateApi<>(entities, Escrow.AGGREGATE, ContractProblems::of);
        this.lists = lists;
        this.timeline = timeline;
        this.ledger = ledger;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                get("/api/me/contracts", "List your contracts as client or freelancer, newest first.")
                        .requiresLogin()
                        .returnsPageOf(ContractResource.class)
                        .handledBy(this::mine),
                get(CONTRACT, "Get a contract. Only its client and freelancer can read it.")
                        .requiresLogin()
                        .returns(200, ContractResource.class)
                        .handledBy(call -> visible(call)
                                .thenApply(it -> ContractResource.fromContract(call.pathParameter("contractId"), it))),
                get(
                                CONTRACT + "/timeline",
                                "List the contract's timeline. Each entry contains the hash of the previous one.")
                        .requiresLogin()
                        .returnsPageOf(TimelineEntryResource.class)
                        .handledBy(this::timeline),
                get(CONTRACT + "/postings", "List the contract's postings in the ledger.")
                        .requiresLogin()
                        .returnsPageOf(PostingResource.class)
                        .handledBy(this::postings),
                post(CONTRACT + "/cancel", "Cancel a contract. Only possible while no money is held for any milestone.")
                        .requiresLogin()
                        .accepts(CancelContract.class)
                        .returns(200, ContractResource.class)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(409, "contract-funded", "contract-completed")
                        .handledBy(call -> execute(
                                call, new Cancel(call.caller().id(), call.body().reason()))),
                post(
                                MILESTONE + "/fund",
                                "Fund a milestone. Read the escrow for the result. Replaces a card whose payment still"
                                        + " waits for your confirmation.")
                        .requires(CLIENT)
                        .accepts(FundMilestone.class)
                        .returns(202, EscrowResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(409, "counterpart-suspended")
                        .problems(403, "not-your-part")
                        .problems(409, "funding-under-way", "escrow-funded", "contract-cancelled", "escrow-state")
                        .handledBy(this::fund),
                post(
                                MILESTONE + "/cancel-payment",
                                "Cancel a payment that waits for your confirmation, so that another card can be used.")
                        .requires(CLIENT)
                        .returns(202, EscrowResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .with(Feature.OPEN_TO_SUSPENDED)
                        .problems(403, "not-your-part")
                        .problems(409, "funding-under-way", "escrow-funded", "contract-cancelled", "escrow-state")
                        .handledBy(this::cancelPayment),
                get(
                                MILESTONE + "/escrow",
                                "Get the escrow of a milestone. declinedAttempts counts the declined charges until one succeeds; then it is 0.")
                        .requiresLogin()
                        .returns(200, EscrowResource.class)
                        .handledBy(this::escrow),
                action(
                                "submit",
                                "Submit the work for a milestone. Answers an open refund request: the client's is declined, your own"
                                        + " withdrawn.",
                                200)
                        .requires(FREELANCER)
                        .accepts(SubmitWork.class)
                        .handledBy(call -> execute(
                                call,
                                new Submit(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.body().note()))),
                action("request-changes", "Request changes to the submitted work.", 200)
                        .requires(CLIENT)
                        .accepts(RequestWorkChanges.class)
                        .problems(409, "work-not-submitted")
                        .handledBy(call -> execute(
                                call,
                                new RequestChanges(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.body().note()))),
                action("accept", "Accept a submission. The payout starts automatically.", 202)
                        .requires(CLIENT)
                        .problems(409, "work-not-submitted", "refund-requested")
                        .handledBy(
                                call -> execute(call, new Accept(call.caller().id(), call.pathNumber("number")))));
    }

    private static EndpointBuilder<Void, ContractResource> action(String action, String summary, int status) {
        return post(MILESTONE + "/" + action, summary)
                .returns(status, ContractResource.class)
                .with(Feature.IDEMPOTENCY_KEY)
                .with(Feature.OPEN_TO_SUSPENDED)
                .problems(403, "not-your-part")
                .problems(
                        409,
                        "milestone-not-funded",
                        "work-accepted",
                        "milestone-settled",
                        "contract-cancelled",
                        "contract-completed");
    }

    public record CancelContract(
            @NotBlank @Paragraphs(max = 500) String reason) {}

    /**
     * @param paymentMethod the payment provider's token for a card, such as {@code pm_card_visa} in the sandbox; never
     *     a card number
     */
    public record FundMilestone(
            @NotNull @Pattern(regexp = Formats.PAYMENT_METHOD)
            String paymentMethod) {}

    public record SubmitWork(
            @NotBlank @Paragraphs(max = 5_000) String note) {}

    public record RequestWorkChanges(
            @NotBlank @Paragraphs(max = 5_000) String note) {}

    private CompletionStage<Contract> visible(Call<?> call) {
        return contracts.read(
                call.pathId("contractId", "ctr"),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<Page<ContractResource>> mine(Call<Void> call) {
        return lists.ofParty(call.caller().id(), call.page()).thenApply(page -> page.map(ContractResource::fromRow));
    }

    private CompletionStage<Page<TimelineEntryResource>> timeline(Call<Void> call) {
        return visible(call)
                .thenCompose(_ -> timeline.ofContract(call.pathParameter("contractId"), call.page()))
                .thenApply(page -> page.map(TimelineEntryResource::of));
    }

    private CompletionStage<Page<PostingResource>> postings(Call<Void> call) {
        return visible(call)
                .thenCompose(_ -> ledger.ofContract(call.pathParameter("contractId"), call.page()))
                .thenApply(page -> page.map(PostingResource::of));
    }

    private CompletionStage<EscrowResource> fund(Call<FundMilestone> call) {
        var clientId = call.caller().id();
        return escrows.execute(
                        call, escrowId(call), new Fund(clientId, call.body().paymentMethod(), call.newId("req")))
                .thenApply(it -> EscrowResource.forReader(clientId, it));
    }

    private CompletionStage<EscrowResource> cancelPayment(Call<Void> call) {
        var clientId = call.caller().id();
        return escrows.execute(call, escrowId(call), new DropCharge(clientId))
                .thenApply(it -> EscrowResource.forReader(clientId, it));
    }

    private CompletionStage<EscrowResource> escrow(Call<Void> call) {
        var reader = call.caller().id();
        return escrows.read(escrowId(call), it -> it.isVisibleTo(reader))
                .thenApply(it -> EscrowResource.forReader(reader, it));
    }

    private static String escrowId(Call<?> call) {
        return Escrow.id(call.pathId("contractId", "ctr"), call.pathNumber("number"));
    }

    private CompletionStage<ContractResource> execute(Call<?> call, ContractCommand command) {
        var id = call.pathId("contractId", "ctr");
        return contracts.execute(call, id, command).thenApply(it -> ContractResource.fromContract(id, it));
    }
}
