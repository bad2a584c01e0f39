package io.guildhall.projections.process;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.MailAddresses;
import io.guildhall.port.MailTokens;
import io.guildhall.port.PaymentGateway;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.Process;
import io.guildhall.projections.Schedule;
import io.guildhall.projections.WaitingProposals;
import io.guildhall.projections.notify.delivery.NotificationDelivery;
import io.guildhall.projections.notify.mail.Mails;
import io.guildhall.projections.process.account.AccountMailProcess;
import io.guildhall.projections.process.contact.ConversationProcess;
import io.guildhall.projections.process.contract.MilestonePaymentProcess;
import io.guildhall.projections.process.contract.SilenceProcess;
import io.guildhall.projections.process.contract.SuspensionProcess;
import io.guildhall.projections.process.discrepancy.DiscrepancyProcess;
import io.guildhall.projections.process.email.EmailProcess;
import io.guildhall.projections.process.escrow.PaymentDeadlines;
import io.guildhall.projections.process.escrow.PaymentProcess;
import io.guildhall.projections.process.escrow.RetryPauses;
import io.guildhall.projections.process.hire.HireDeadlineProcess;
import io.guildhall.projections.process.hire.HireProcess;
import io.guildhall.projections.process.invite.InviteProcess;
import io.guildhall.projections.process.notification.NotificationMailProcess;
import io.guildhall.projections.process.profile.ProfileProcess;
import io.guildhall.projections.process.proposal.ProposalProcess;
import io.guildhall.projections.process.review.ReviewProcess;
import io.guildhall.projections.process.room.ContractReportProcess;
import io.guildhall.projections.process.room.RoomProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one list of processes. Each brings the handlers of its deadlines with it.
 *
 * @param roomReadOnlyAfter from the end of a contract until its room is read-only
 */
public record Processes(
        Entities entities,
        Schedule schedule,
        SuspendedAccounts suspended,
        InstantSource clock,
        Mail mail,
        Payments payments,
        Hires hires,
        Duration roomReadOnlyAfter) {

    /** @param tokens tokens of the links that verify an address */
    public record Mail(Mails mails, MailTokens tokens, MailAddresses addresses, NotificationDelivery delivery) {
        NotificationMails notifications() {
            return new NotificationMails(mails, addresses, delivery::contract);
        }
    }

    /**
     * @param feeBasisPoints the fee of hires that started before fees were pinned
     * @param confirmationWindow how long a payer can take to confirm a charge
     * @param alarm counts discrepancies for the operator's monitoring
     */
    public record Payments(
            PaymentGateway gateway,
            PaymentRecorder recorder,
            ProviderReports reports,
            int feeBasisPoints,
            Duration confirmationWindow,
            RetryPauses pauses,
            Consumer<Report.Kind> alarm) {}

    /**
     * @param timeLimit from the start of a hire to its deadline
     * @param rules the escrow rules of new contracts
     */
    public record Hires(WaitingProposals waitingProposals, Duration timeLimit, EscrowRules rules) {}

    public List<Process> all() {
        var start = new HireStart(entities, hires.timeLimit, payments.feeBasisPoints, hires.rules);
        return List.of(
                new ProfileProcess(entities),
                new EmailProcess(entities, mail.mails, mail.tokens),
                new AccountMailProcess(entities, mail.mails),
                new ConversationProcess(entities),
                new ProposalProcess(entities, hires.waitingProposals),
                new InviteProcess(entities, schedule, start),
                new HireProcess(entities, start),
                new HireDeadlineProcess(entities, schedule, start),
                new PaymentProcess(schedule, paymentDeadlines(), payments.confirmationWindow),
                new DiscrepancyProcess(entities, schedule, payments.gateway, payments.alarm),
                new MilestonePaymentProcess(entities),
                new SuspensionProcess(entities, schedule, suspended, clock),
                new SilenceProcess(entities, schedule, clock, mail.notifications()),
                new NotificationMailProcess(mail.delivery),
                new ReviewProcess(entities, schedule),
                new RoomProcess(entities, schedule, roomReadOnlyAfter),
                new ContractReportProcess(entities));
    }

    private PaymentDeadlines paymentDeadlines() {
        return new PaymentDeadlines(
                entities,
                payments.gateway,
                payments.recorder,
                payments.reports,
                suspended,
                clock,
                payments.confirmationWindow,
                payments.pauses);
    }
}
