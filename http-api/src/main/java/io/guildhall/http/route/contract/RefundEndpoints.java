package io.guildhall.http.route.contract;

import static io.guildhall.domain.account.Role.ADMIN;
import static io.guildhall.http.endpoint.Endpoint.get;
import static io.guildhall.http.endpoint.Endpoint.post;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.ContractCommand.AcceptRefund;
import io.guildhall.domain.contract.ContractCommand.DeclineRefund;
import io.guildhall.domain.contract.ContractCommand.RequestRefund;
import io.guildhall.domain.contract.ContractCommand.Split;
import io.guildhall.domain.contract.ContractCommand.WithdrawRefund;
import io.guildhall.domain.contract.ContractRejection;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.Recipient;
import io.guildhall.domain.escrow.EscrowCommand.Redirect;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.text.Paragraphs;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.Contracts;
import io.guildhall.projections.readmodel.timeline.Timeline;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Request, accept, decline and withdraw refunds of funded milestones. Admins list the milestones whose money is held,
 * split it, and redirect a part of a split that the payment provider refuses.
 */
public final class RefundEndpoints {
    private static final String MILESTONE = "/milestones/{number}";
    private static final String REQUESTS = "/api/contracts/{contractId}" + MILESTONE + "/refund-requests";
    private static final String ADMIN_CONTRACT = "/api/admin/contracts/{contractId}";

    private final AggregateApi<Contract, ContractCommand, ContractRejection> contracts;
    private final AggregateApi<Escrow, EscrowCommand, EscrowRejection> escrows;
    private final Contracts lists;
    private final Timeline timeline;

    public RefundEndpoints(Entities entities, Contracts lists, Timeline timeline) {
        this.contracts = new AggregateApi<>(entities, Contract.AGGREGATE, ContractProblems::of);
        this.escrows = new AggregateApi<>(entities, Escrow.AGGREGATE, ContractProblems::of);
        this.lists = lists;
        this.timeline = timeline;
    }

    public List<Endpoint<?, ?>> all() {
        return List.of(
                action(
                                "",
                                "Request a refund of a funded milestone as its client, or offer one as its freelancer. The rest of"
                                        + " the money is released to the freelancer.",
                                200)
                        .accepts(RequestMilestoneRefund.class)
                        .problems(409, "refund-requested", "refund-request-limit", "amount-not-held")
                        .handledBy(call -> execute(
                                call,
                                new RequestRefund(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.body().amount(),
                                        call.body().reason()))),
                action(
                                "/{request}/accept",
                                "Accept the other party's refund request. The refund and the release of the rest start"
                                        + " automatically.",
                                202)
                        .problems(403, "not-your-part", "account-suspended")
                        .problems(409, "refund-request-closed", "counterpart-suspended")
                        .handledBy(call -> execute(
                                call,
                                new AcceptRefund(
                                        call.caller().id(), call.pathNumber("number"), call.pathNumber("request")))),
                action(
                                "/{request}/decline",
                                "Decline the other party's refund request. Submitted work waits for the client again, for the days"
                                        + " that were left when the refund was requested.",
                                200)
                        .accepts(DeclineMilestoneRefund.class)
                        .problems(403, "not-your-part")
                        .problems(409, "refund-request-closed")
                        .handledBy(call -> execute(
                                call,
                                new DeclineRefund(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.pathNumber("request"),
                                        call.body().reason()))),
                action(
                                "/{request}/withdraw",
                                "Withdraw your refund request. Submitted work waits for the client again, for the days that were"
                                        + " left when the refund was requested.",
                                200)
                        .problems(403, "not-your-part")
                        .problems(409, "refund-request-closed")
                        .handledBy(call -> execute(
                                call,
                                new WithdrawRefund(
                                        call.caller().id(), call.pathNumber("number"), call.pathNumber("request")))),
                get(
                                "/api/admin/held-milestones",
                                "List the funded milestones that are neither accepted nor settled, longest held"
                                        + " first.")
                        .requires(ADMIN)
                        .returnsPageOf(HeldMilestoneResource.class)
                        .handledBy(this::heldMilestones),
                get(ADMIN_CONTRACT, "Get any contract.")
                        .requires(ADMIN)
                        .returns(200, ContractResource.class)
                        .handledBy(call -> existing(call)
                                .thenApply(it -> ContractResource.fromContract(call.pathParameter("contractId"), it))),
                get(ADMIN_CONTRACT + "/timeline", "List the timeline of any contract.")
                        .requires(ADMIN)
                        .returnsPageOf(TimelineEntryResource.class)
                        .handledBy(this::timeline),
                post(
                                ADMIN_CONTRACT + MILESTONE + "/split",
                                "Decide how the held money of a milestone is divided. The refund and the release start"
                                        + " automatically. A release that the payment provider refuses can be divided as well;"
                                        + " if it succeeds in the meantime, the milestone is paid instead.")
                        .requires(ADMIN)
                        .accepts(SplitMilestone.class)
                        .returns(202, ContractResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "own-contract")
                        .problems(
                                409,
                                "milestone-not-funded",
                                "work-accepted",
                                "amount-not-held",
                                "milestone-settled",
                                "contract-cancelled",
                                "contract-completed")
                        .handledBy(call -> execute(
                                call,
                                new Split(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.body().refund(),
                                        call.body().release(),
                                        call.body().reason()))),
                post(
                                ADMIN_CONTRACT + MILESTONE + "/redirect",
                                "Give the part of a split that the payment provider refuses to the other party. Possible once"
                                        + " every automatic attempt was refused and the other part was moved. Both"
                                        + " parties can read the reason.")
                        .requires(ADMIN)
                        .accepts(RedirectSplit.class)
                        .returns(202, EscrowResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "own-contract")
                        .problems(409, "payment-not-refused", "contract-cancelled", "escrow-state")
                        .handledBy(this::redirect));
    }

    /** A suspended party can respond, since nothing new starts. */
    private static EndpointBuilder<Void, ContractResource> action(String action, String summary, int status) {
        return post(REQUESTS + action, summary)
                .requiresLogin()
                .returns(status, ContractResource.class)
                .with(Feature.IDEMPOTENCY_KEY)
                .with(Feature.OPEN_TO_SUSPENDED)
                .problems(
                        409,
                        "milestone-not-funded",
                        "work-accepted",
                        "milestone-settled",
                        "contract-cancelled",
                        "contract-completed");
    }

    /** @param amount in minor units of the contract's currency; without it, everything is refunded */
    public record RequestMilestoneRefund(
            Optional<@Min(1) Long> amount,
            @NotBlank @Paragraphs(max = 1_000) String reason) {}

    public record DeclineMilestoneRefund(
            @NotBlank @Paragraphs(max = 1_000) String reason) {}

    /**
     * The two parts add up to what is held.
     *
     * @param refund the part that goes back to the client, in minor units
     * @param release the part that is released to the freelancer, in minor units, including the platform's fee
     */
    public record SplitMilestone(
            @NotNull @Min(0) Long refund,
            @NotNull @Min(0) Long release,
            @NotBlank @Paragraphs(max = 1_000) String reason) {}

    /** @param to the party that gets the refused part in addition to its own */
    public record RedirectSplit(
            @NotNull Recipient to,
            @NotBlank @Paragraphs(max = 1_000) String reason) {}

    private CompletionStage<EscrowResource> redirect(Call<RedirectSplit> call) {
        var admin = call.caller().id();
        var command = new Redirect(admin, call.body().to(), call.body().reason());
        return escrows.execute(call, Escrow.id(call.pathId("contractId", "ctr"), call.pathNumber("number")), command)
                .thenApply(it -> EscrowResource.forReader(admin, it));
    }

    private CompletionStage<Contract> existing(Call<?> call) {
        return contracts.read(
                call.pathId("contractId", "ctr"), it -> it.findDetails().isPresent());
    }

    private CompletionStage<Page<HeldMilestoneResource>> heldMilestones(Call<Void> call) {
        return lists.heldMilestones(call.page()).thenApply(page -> page.map(HeldMilestoneResource::of));
    }

    private CompletionStage<Page<TimelineEntryResource>> timeline(Call<Void> call) {
        return existing(call)
                .thenCompose(_ -> timeline.ofContract(call.pathParameter("contractId"), call.page()))
                .thenApply(page -> page.map(TimelineEntryResource::of));
    }

    private CompletionStage<ContractResource> execute(Call<?> call, ContractCommand command) {
        var id = call.pathId("contractId", "ctr");
        return contracts.execute(call, id, command).thenApply(it -> ContractResource.fromContract(id, it));
    }
}
