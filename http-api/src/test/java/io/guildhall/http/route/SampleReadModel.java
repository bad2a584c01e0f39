package io.guildhall.http.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.ReadModel;
import io.guildhall.projections.readmodel.account.*;
import io.guildhall.projections.readmodel.admin.AdminLogEntry;
import io.guildhall.projections.readmodel.contact.*;
import io.guildhall.projections.readmodel.contract.*;
import io.guildhall.projections.readmodel.contract.HeldReleaseRow;
import io.guildhall.projections.readmodel.discrepancy.*;
import io.guildhall.projections.readmodel.gig.*;
import io.guildhall.projections.readmodel.invite.*;
import io.guildhall.projections.readmodel.job.*;
import io.guildhall.projections.readmodel.ledger.*;
import io.guildhall.projections.readmodel.market.*;
import io.guildhall.projections.readmodel.notification.*;
import io.guildhall.projections.readmodel.operatortask.*;
import io.guildhall.projections.readmodel.profile.PublicUser;
import io.guildhall.projections.readmodel.proposal.*;
import io.guildhall.projections.readmodel.record.*;
import io.guildhall.projections.readmodel.review.*;
import io.guildhall.projections.readmodel.room.*;
import io.guildhall.projections.readmodel.search.*;
import io.guildhall.projections.readmodel.timeline.*;
import io.guildhall.projections.readmodel.webhook.*;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A read model with one row in every list; every optional component of a row is present. */
final class SampleReadModel {
    static final Instant AT = Instant.parse("2026-11-23T15:04:05Z");
    static final Money TEN = new Money(10_00, "USD");

    private SampleReadModel() {}

    /** Every account has a profile, except those whose ids have {@code unknown}. */
    static CompletionStage<List<PublicUser>> users(Collection<String> accountIds) {
        return completedFuture(accountIds.stream()
                .filter(it -> !it.contains("unknown"))
                .map(it -> new PublicUser(
                        it, "Name of " + it, it.replace('_', '-'), Optional.of(it + "/picture/fil_1.png")))
                .toList());
    }

    static ReadModel all(Set<String> premiumAccounts) {
        return all(premiumAccounts, new SampleReadMarks());
    }

    static ReadModel all(Set<String> premiumAccounts, SampleReadMarks readMarks) {
        return new ReadModel(
                new SampleAccounts(premiumAccounts),
                SampleReadModel::users,
                _ -> Set.of(),
                new Suspensions() {
                    @Override
                    public Set<String> current() {
                        return Set.of();
                    }

                    @Override
                    public CompletionStage<Optional<Suspension>> find(String accountId) {
                        return completedFuture(Optional.of(new Suspension(accountId, "Spam", "acc_root", AT)));
                    }

                    @Override
                    public CompletionStage<Map<String, Suspension>> of(List<String> accountIds) {
                        return completedFuture(Map.of());
                    }
                },
                new Gigs() {
                    @Override
                    public CompletionStage<List<GigRow>> active(List<String> ids) {
                        return completedFuture(List.of(SampleRows.gig()));
                    }

                    @Override
                    public CompletionStage<Page<GigRow>> activeOf(String freelancerId, Page.Request page) {
                        return page(SampleRows.gig());
                    }

                    @Override
                    public CompletionStage<Page<GigRow>> ofFreelancer(String freelancerId, Page.Request page) {
                        return page(SampleRows.gig());
                    }
                },
                new Invites() {
                    @Override
                    public CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page) {
                        return page(SampleRows.invite());
                    }

                    @Override
                    public CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page) {
                        return page(SampleRows.invite());
                    }
                },
                new Jobs() {
                    @Override
                    public CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page) {
                        return page(SampleRows.job());
                    }

                    @Override
                    public CompletionStage<List<JobRow>> open(List<String> ids) {
                        return completedFuture(List.of(SampleRows.job()));
                    }

                    @Override
                    public CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page) {
                        return page(SampleRows.job());
                    }
                },
                new Proposals() {
                    @Override
                    public CompletionStage<Page<ProposalRow>> ofJob(String jobId, Page.Request page) {
                        return page(SampleRows.proposal());
                    }

                    @Override
                    public CompletionStage<Page<ProposalRow>> ofFreelancer(String freelancerId, Page.Request page) {
                        return page(SampleRows.proposal());
                    }
                },
                new Contracts() {
                    @Override
                    public CompletionStage<Page<ContractRow>> ofParty(String accountId, Page.Request page) {
                        return page(SampleRows.contract());
                    }

                    @Override
                    public CompletionStage<Page<HeldMilestoneRow>> heldMilestones(Page.Request page) {
                        return page(
                                new HeldMilestoneRow("ctr_1", "A logo", "acc_1", "acc_2", AT, SampleRows.milestone()));
                    }
                },
                _ -> page(new HeldReleaseRow(
                        "ctr_1", 1, "All of it", "acc_1", "acc_2", TEN, HeldReleaseRow.Reason.REFUSED, AT)),
                (id, _) -> page(new TimelineEntry(
                                id,
                                1,
                                AT,
                                "acc_1",
                                TimelineEntry.What.FUNDED,
                                OptionalInt.of(1),
                                "All of it",
                                Optional.of(TEN),
                                "",
                                TimelineEntry.NO_PREVIOUS,
                                "")
                        .withHash()),
                new Ledger() {
                    @Override
                    public CompletionStage<Page<Posting>> ofContract(String contractId, Page.Request page) {
                        return page(new Posting(
                                "e",
                                1,
                                AT,
                                Posting.What.HELD,
                                contractId,
                                1,
                                "provider-cash",
                                Posting.Side.DEBIT,
                                TEN,
                                Optional.empty()));
                    }

                    @Override
                    public CompletionStage<TrialBalance> trialBalance() {
                        var balance = new Balance("provider-cash", "USD", 10_00, 10_00);
                        return completedFuture(new TrialBalance(List.of(balance), List.of(balance)));
                    }

                    @Override
                    public CompletionStage<Page<Balance>> accounts(Page.Request page) {
                        return page(new Balance("provider-cash", "USD", 10_00, 0));
                    }
                },
                () -> completedFuture(SampleRows.auditSummary()),
                new Discrepancies() {
                    @Override
                    public CompletionStage<Page<DiscrepancyRow>> all(Page.Request page) {
                        return page(SampleRows.discrepancy());
                    }

                    @Override
                    public CompletionStage<Page<DiscrepancyRow>> unsettled(Page.Request page) {
                        return page(SampleRows.discrepancy());
                    }
                },
                new OperatorTasks() {
                    @Override
                    public CompletionStage<Page<OperatorTask>> open(Page.Request page) {
                        return completedFuture(new Page<>(List.of(), Optional.empty()));
                    }

                    @Override
                    public CompletionStage<Map<OperatorTask.Kind, Long>> countOpen() {
                        return completedFuture(Map.of());
                    }
                },
                new SampleMessages(),
                (_, _) -> page(SampleRows.room("rm_1")),
                readMarks,
                new SampleRoomExports(),
                new SampleDataExports(),
                (_, _) -> page(new AdminLogEntry(
                        "account/acc_2/3",
                        AT,
                        "acc_2",
                        AdminLogEntry.Action.SUSPENSION_LIFTED,
                        "acc_3",
                        Optional.of("Checked"))),
                (_, _) -> page(new BlockRow("acc_2", AT)),
                new SampleAbuseReports(),
                _ -> completedFuture(Set.of()),
                new Reviews() {
                    @Override
                    public CompletionStage<List<ReviewRow>> ofContract(String contractId, String readerId) {
                        return completedFuture(
                                List.of(SampleRows.review(Optional.empty()), SampleRows.review(SampleRows.content())));
                    }

                    @Override
                    public CompletionStage<Page<ReviewRow>> about(String accountId, Page.Request page) {
                        return page(SampleRows.review(SampleRows.content()));
                    }
                },
                new SampleNotifications(),
                new WebhookDeliveries() {
                    @Override
                    public CompletionStage<Page<WebhookDeliveryRow>> ofWebhook(String webhookId, Page.Request page) {
                        return page(SampleRows.webhookDelivery());
                    }

                    @Override
                    public CompletionStage<Optional<WebhookDeliveryRow>> find(String webhookId, String deliveryId) {
                        return completedFuture(Optional.of(SampleRows.webhookDelivery())
                                .filter(it -> it.id().equals(deliveryId)));
                    }

                    @Override
                    public List<String> kinds() {
                        return List.of("MILESTONE_PAID", "WORK_SUBMITTED");
                    }
                },
                SampleSearch.SEARCH,
                (jobId, _) -> {
                    var record = new RecordRow("acc_2", 1, 0, 2, 2, 1, 5, 0).score();
                    return page(new Matches.Match("acc_2", MatchScore.of(0.8, 0.6, record)))
                            .thenApply(Optional::of);
                },
                ids -> completedFuture(
                        List.of(new FreelancerRow("acc_2", "CH", "I draw", List.of("logo"), Optional.of(TEN)))),
                ids -> completedFuture(ids.stream()
                        .map(id -> new RecordRow(id, 3, 1, 5, 4, 2, 9, 1))
                        .toList()),
                request -> completedFuture(SampleSearch.analysis(request)));
    }

    static <T> CompletionStage<Page<T>> page(T row) {
        return completedFuture(new Page<>(List.of(row), Optional.of("more")));
    }
}
