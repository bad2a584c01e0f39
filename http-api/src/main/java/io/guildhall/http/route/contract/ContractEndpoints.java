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
import io.guildhall.domain.escrow.EscrowCommand.Fund;
import io.guildhall.domain.escrow.EscrowRejection;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Endpoint;
import io.guildhall.http.endpoint.Endpoint.Feature;
import io.guildhall.http.endpoint.EndpointBuilder;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.contract.Contracts;
import io.guildhall.projections.readmodel.ledger.Ledger;
import io.guildhall.projections.readmodel.ledger.Posting;
import io.guildhall.projections.readmodel.timeline.Timeline;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the two parties may do with their contract. Amounts are the contract's: no request names one. */
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
                get("/api/me/contracts", "Your contracts on either side, the latest first")
                        .requiresLogin()
                        .returnsPageOf(ContractResource.class)
                        .handledBy(this::mine),
                get(CONTRACT, "A contract, for its two parties")
                        .requiresLogin()
                        .returns(200, ContractResource.class)
                        .handledBy(call -> visible(call)
                                .thenApply(it -> ContractResource.of(call.pathParameter("contractId"), it))),
                get(CONTRACT + "/timeline", "Who did what when, each entry sealed with the one before")
                        .requiresLogin()
                        .returnsPageOf(TimelineEntry.class)
                        .handledBy(this::timeline),
                get(CONTRACT + "/postings", "The contract's lines in the ledger")
                        .requiresLogin()
                        .returnsPageOf(Posting.class)
                        .handledBy(this::postings),
                post(CONTRACT + "/cancel", "Cancel; free before anything is funded")
                        .requiresLogin()
                        .accepts(Cancellation.class)
                        .returns(200, ContractResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(409, "contract-funded", "contract-completed")
                        .handledBy(call -> execute(
                                call, new Cancel(call.caller().id(), call.body().why()))),
                post(MILESTONE + "/fund", "Pay for a milestone; what comes of it shows in the escrow")
                        .requires(CLIENT)
                        .accepts(Funding.class)
                        .returns(202, EscrowResource.class)
                        .with(Feature.IDEMPOTENCY_KEY)
                        .problems(403, "not-your-part")
                        .problems(409, "funding-under-way", "escrow-funded", "contract-cancelled", "escrow-state")
                        .handledBy(this::fund),
                get(MILESTONE + "/escrow", "The money for a milestone")
                        .requiresLogin()
                        .returns(200, EscrowResource.class)
                        .handledBy(this::escrow),
                work("submit", "Submit the work", 200)
                        .requires(FREELANCER)
                        .accepts(Note.class)
                        .handledBy(call -> execute(
                                call,
                                new Submit(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.body().note()))),
                work("request-changes", "Ask for changes", 200)
                        .requires(CLIENT)
                        .accepts(Note.class)
                        .problems(409, "work-not-submitted")
                        .handledBy(call -> execute(
                                call,
                                new RequestChanges(
                                        call.caller().id(),
                                        call.pathNumber("number"),
                                        call.body().note()))),
                work("accept", "Accept the work; the freelancer is paid by itself", 202)
                        .requires(CLIENT)
                        .problems(409, "work-not-submitted")
                        .handledBy(
                                call -> execute(call, new Accept(call.caller().id(), call.pathNumber("number")))));
    }

    private static EndpointBuilder<Void, ContractResource> work(String what, String summary, int success) {
        return post(MILESTONE + "/" + what, summary)
                .returns(success, ContractResource.class)
                .with(Feature.IDEMPOTENCY_KEY)
                .problems(403, "not-your-part")
                .problems(409, "milestone-not-funded", "work-accepted", "contract-cancelled", "contract-completed");
    }

    public record Cancellation(@NotBlank @Size(max = 500) String why) {}

    /** @param paymentMethod the provider's token for a card, never a card number */
    public record Funding(
            @NotNull @Pattern(regexp = "pm_[A-Za-z0-9_]{1,80}")
            String paymentMethod) {}

    public record Note(@NotBlank @Size(max = 5_000) String note) {}

    private CompletionStage<Contract> visible(Call<?> call) {
        return contracts.read(
                call.pathId("contractId", "ctr"),
                it -> it.isVisibleTo(call.caller().id()));
    }

    private CompletionStage<Page<ContractResource>> mine(Call<Void> call) {
        return lists.ofParty(call.caller().id(), call.page()).thenApply(page -> page.map(ContractResource::of));
    }

    private CompletionStage<Page<TimelineEntry>> timeline(Call<Void> call) {
        return visible(call).thenCompose(_ -> timeline.ofContract(call.pathParameter("contractId"), call.page()));
    }

    private CompletionStage<Page<Posting>> postings(Call<Void> call) {
        return visible(call).thenCompose(_ -> ledger.ofContract(call.pathParameter("contractId"), call.page()));
    }

    private CompletionStage<EscrowResource> fund(Call<Funding> call) {
        var by = call.caller().id();
        return escrows.execute(call, escrowId(call), new Fund(by, call.body().paymentMethod(), call.newId("req")))
                .thenApply(it -> EscrowResource.of(by, it));
    }

    private CompletionStage<EscrowResource> escrow(Call<Void> call) {
        var reader = call.caller().id();
        return escrows.read(escrowId(call), it -> it.isVisibleTo(reader))
                .thenApply(it -> EscrowResource.of(reader, it));
    }

    private static String escrowId(Call<?> call) {
        return Escrow.id(call.pathId("contractId", "ctr"), call.pathNumber("number"));
    }

    private CompletionStage<ContractResource> execute(Call<?> call, ContractCommand command) {
        var id = call.pathId("contractId", "ctr");
        return contracts.execute(call, id, command).thenApply(it -> ContractResource.of(id, it));
    }
}
