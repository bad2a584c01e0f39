package io.guildhall.http.route;

import static io.guildhall.http.route.SampleReadModel.AT;
import static io.guildhall.http.route.SampleReadModel.TEN;
import static io.guildhall.testing.GigBuilder.aGig;
import static io.guildhall.testing.InviteBuilder.anInvite;
import static io.guildhall.testing.JobBuilder.aJob;
import static io.guildhall.testing.PackageBuilder.aPackage;
import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.contract.RefundRequest;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.review.Ratings;
import io.guildhall.domain.review.Side;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.projections.readmodel.account.*;
import io.guildhall.projections.readmodel.audit.*;
import io.guildhall.projections.readmodel.contract.*;
import io.guildhall.projections.readmodel.discrepancy.*;
import io.guildhall.projections.readmodel.gig.*;
import io.guildhall.projections.readmodel.invite.*;
import io.guildhall.projections.readmodel.job.*;
import io.guildhall.projections.readmodel.ledger.*;
import io.guildhall.projections.readmodel.market.*;
import io.guildhall.projections.readmodel.notification.*;
import io.guildhall.projections.readmodel.proposal.*;
import io.guildhall.projections.readmodel.record.*;
import io.guildhall.projections.readmodel.review.*;
import io.guildhall.projections.readmodel.room.*;
import io.guildhall.projections.readmodel.search.*;
import io.guildhall.projections.readmodel.timeline.*;
import io.guildhall.projections.readmodel.webhook.WebhookDeliveryRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One row of each list. */
final class SampleRows {
    private SampleRows() {}

    static GigRow gig() {
        var basic = aPackage(GigPackage.Tier.BASIC)
                .named("Sketch")
                .priced(TEN)
                .including("One draft")
                .build();
        var details = aGig().tagged("logo")
                .withPackages(basic)
                .withMedia("acc_2/gig/1.png")
                .build();
        return new GigRow("gig_1", "acc_2", details, GigStatus.ACTIVE, 2, AT);
    }

    static RoomListing room(String roomId) {
        return new RoomListing(
                roomId,
                RoomKind.CONTRACT,
                Optional.of("ctr_1"),
                Optional.of("A logo"),
                "acc_1",
                Optional.of(SampleMessages.message(roomId)),
                3,
                AT);
    }

    static InviteRow invite() {
        var offer = someTerms().priced(TEN).buildOffer();
        var letter = anInvite()
                .from("acc_1")
                .to("acc_2")
                .offering(offer)
                .expiringAt(AT)
                .build();
        return new InviteRow(
                "inv_1-1",
                letter,
                InviteStatus.SENT,
                Optional.of(AcceptanceFailure.PAYOUT_NOT_READY),
                Optional.empty(),
                AT,
                AT);
    }

    static JobRow job() {
        var details = aJob().requiring("logo").budget(TEN).build();
        return new JobRow(
                "job_1", "acc_1", details, JobStatus.HIRED, 2, 3, AT, AT, Optional.of(AT), Optional.of("ctr_1"));
    }

    static ProposalRow proposal() {
        return new ProposalRow(
                "prp_1-1",
                "job_1",
                Optional.of("A logo"),
                "acc_1",
                "acc_2",
                TestServer.TERMS,
                ProposalStatus.SHORTLISTED,
                true,
                1,
                Optional.empty(),
                Optional.empty(),
                AT,
                AT);
    }

    static ContractRow contract() {
        return new ContractRow(
                "ctr_1",
                Optional.of("job_1"),
                Optional.empty(),
                Optional.of("inv_1-1"),
                "acc_1",
                "acc_2",
                "A logo",
                TEN,
                500,
                ContractStatus.ACTIVE,
                List.of(milestone()),
                AT,
                AT);
    }

    static MilestoneRow milestone() {
        var milestone = new Milestone(1, "All of it", TEN, 7, Milestone.Status.FUNDED, "");
        var request = new RefundRequest(1, "acc_1", TEN, "Too late.", AT);
        return new MilestoneRow(
                milestone,
                Optional.of(AT),
                Optional.of(request),
                Optional.of(new MilestoneRow.Silence(SilencePeriod.Kind.REFUND, AT)),
                Optional.empty());
    }

    static Optional<ReviewRow.Content> content() {
        return Optional.of(new ReviewRow.Content(new Ratings(5, 5, 5, 5, 5), "Good.", AT));
    }

    static ReviewRow review(Optional<ReviewRow.Content> content) {
        return new ReviewRow(
                "rev_1-c",
                "ctr_1",
                "A logo",
                Side.CLIENT,
                "acc_1",
                "acc_2",
                ReviewRow.Status.WRITTEN,
                AT,
                content,
                Optional.empty());
    }

    static AuditSummary auditSummary() {
        return new AuditSummary(
                Optional.of(AT),
                Optional.of(AT),
                List.of(new AuditTotal("USD", 10_00, 5_00, 0, 4_75, 25, 0, 0, 0)),
                List.of(new AuditRun(
                        1,
                        "schedule",
                        AT,
                        AT,
                        AuditRun.Phase.DONE,
                        1,
                        1,
                        0,
                        0,
                        0,
                        1,
                        Optional.of("the payment provider cannot be queried"),
                        AT,
                        Optional.of(AT))),
                Map.of("OTHER_AMOUNT", 1L));
    }

    static DiscrepancyRow discrepancy() {
        return new DiscrepancyRow(
                "dsc_1",
                Report.Kind.OTHER_AMOUNT,
                Report.Movement.CHARGE,
                "esc_1-1",
                Optional.of("ctr_1"),
                "pi_1",
                TEN,
                Optional.of(new DiscrepancyRow.Expected(9_99, "USD")),
                AT,
                DiscrepancyRow.Status.SETTLED,
                Optional.of(new DiscrepancyRow.Settlement(AT, "operator", "A mistake of theirs.")));
    }

    static WebhookDeliveryRow webhookDelivery() {
        return new WebhookDeliveryRow(
                "whd_1",
                "WORK_SUBMITTED",
                WebhookDeliveryRow.Status.WAITING,
                3,
                OptionalInt.of(503),
                Optional.of("TIMED_OUT"),
                "Try again later.",
                SampleReadModel.AT,
                Optional.of(SampleReadModel.AT.plusSeconds(60)),
                Optional.of(SampleReadModel.AT));
    }
}
