package io.guildhall.projections.process.proposal;

import static io.guildhall.projections.Process.on;
import static io.guildhall.projections.process.CommandSender.NOTHING;
import static io.guildhall.projections.process.CommandSender.sequentially;

import io.guildhall.actors.Entities;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobCommand.CountProposals;
import io.guildhall.domain.job.JobCommand.ReceiveProposal;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.domain.proposal.ProposalCommand.Decline;
import io.guildhall.domain.proposal.ProposalEvent;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import io.guildhall.projections.WaitingProposals;
import io.guildhall.projections.process.CommandSender;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Keeps the list of the proposals that wait, so that jobs do not have to: tells a job how many there are, and declines
 * them when it is filled or closed. A proposal that its job cannot receive is declined. Reads all proposals ever
 * submitted, so that the list is complete.
 */
public final class ProposalProcess implements Process {
    private static final int PAGE_SIZE = 100;

    private final CommandSender sender;
    private final WaitingProposals waiting;

    public ProposalProcess(Entities entities, WaitingProposals waiting) {
        this.sender = new CommandSender(entities);
        this.waiting = waiting;
    }

    @Override
    public String name() {
        return "proposal-reception";
    }

    @Override
    public Start start() {
        return Start.beginning();
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Proposal.AGGREGATE, this::onProposalEvent), on(Job.AGGREGATE, this::onJobEvent));
    }

    private CompletionStage<Void> onProposalEvent(Recorded<ProposalEvent> recorded) {
        return switch (recorded.event()) {
            case ProposalEvent.SubmissionEvent e -> receive(recorded, e);
            case ProposalEvent.Reinstated e -> receiveAgain(recorded, e.jobId());
            case ProposalEvent.DecisionEvent e -> countWithout(recorded, e.jobId());
            case ProposalEvent.PendingEvent _ -> NOTHING;
        };
    }

    private CompletionStage<Void> onJobEvent(Recorded<JobEvent> recorded) {
        return switch (recorded.event()) {
            case JobEvent.Hired e -> declineAll(recorded, e.declined(), DeclineReason.JOB_FILLED);
            case JobEvent.Closed e -> declineAll(recorded, e.declined(), DeclineReason.JOB_CLOSED);
            case JobEvent.PostingEvent _, JobEvent.CountEvent _, JobEvent.HiringEvent _, JobEvent.EndEvent _ -> NOTHING;
        };
    }

    private CompletionStage<Void> receive(Recorded<?> cause, ProposalEvent.SubmissionEvent e) {
        var proposalId = cause.entityId();
        var currency = e.terms().price().currency();
        var submission = Optional.of(e.revision());
        return waiting.arrive(proposalId, e.jobId(), cause.sequence(), Job.MAX_WAITING_PROPOSALS)
                .thenCompose(arrival -> switch (arrival.status()) {
                    case WAITING ->
                        sendToJob(
                                cause,
                                e.jobId(),
                                new ReceiveProposal(proposalId, e.freelancerId(), currency, arrival.count()),
                                submission);
                    case REFUSED -> decline(cause, proposalId, DeclineReason.TOO_MANY_PROPOSALS, submission);
                    case DECIDED -> NOTHING;
                });
    }

    /** It waited before, so the limit does not apply. */
    private CompletionStage<Void> receiveAgain(Recorded<?> cause, String jobId) {
        return waiting.arrive(cause.entityId(), jobId, cause.sequence(), Integer.MAX_VALUE)
                .thenCompose(arrival -> switch (arrival.status()) {
                    case WAITING -> sendToJob(cause, jobId, new CountProposals(arrival.count()), Optional.empty());
                    case REFUSED, DECIDED -> NOTHING;
                });
    }

    /**
     * Sends a command about a waiting proposal, and declines the proposal if the job rejects it.
     *
     * @param submission its revision; empty for the last one
     */
    private CompletionStage<Void> sendToJob(
            Recorded<?> cause, String jobId, JobCommand command, Optional<Long> submission) {
        return sender.send(cause, Job.AGGREGATE, jobId, command, rejection -> switch (rejection) {
            case OTHER_CURRENCY -> decline(cause, cause.entityId(), DeclineReason.OTHER_CURRENCY, submission);
            // Only from a node of the previous version. The proposal was submitted before the suspension, so it waits.
            case CALLER_SUSPENDED, COUNTERPART_SUSPENDED -> NOTHING;
            case NOT_POSTED,
                    NOT_YOURS,
                    ALREADY_POSTED,
                    INVALID_BUDGET,
                    REVISION_MISMATCH,
                    NOT_OPEN,
                    BEING_FILLED,
                    CURRENCY_FIXED,
                    DIFFERENT_HIRE -> decline(cause, cause.entityId(), DeclineReason.JOB_NOT_OPEN, submission);
        });
    }

    /** A job that is no longer open does not count. */
    private CompletionStage<Void> countWithout(Recorded<?> cause, String jobId) {
        return waiting.decide(cause.entityId(), jobId, cause.sequence())
                .thenCompose(
                        count -> sender.send(cause, Job.AGGREGATE, jobId, new CountProposals(count), _ -> NOTHING));
    }

    /** @param listed by a version that kept the list in the job */
    private CompletionStage<Void> declineAll(Recorded<?> cause, List<String> listed, DeclineReason reason) {
        return sequentially(listed, it -> decline(cause, it, reason, Optional.empty()))
                .thenCompose(_ ->
                        declineWaiting(cause, Optional.empty(), it -> decline(cause, it, reason, Optional.empty())));
    }

    private CompletionStage<Void> declineWaiting(
            Recorded<?> cause, Optional<String> after, Function<String, CompletionStage<Void>> decline) {
        return waiting.page(cause.entityId(), after, PAGE_SIZE)
                .thenCompose(page -> page.isEmpty()
                        ? NOTHING
                        : sequentially(page, decline)
                                .thenCompose(_ -> declineWaiting(cause, Optional.of(page.getLast()), decline)));
    }

    /** Does nothing if the proposal was accepted, declined or withdrawn in the meantime. */
    private CompletionStage<Void> decline(
            Recorded<?> cause, String proposalId, DeclineReason reason, Optional<Long> submission) {
        var decline = new Decline(reason, submission);
        return sender.send(cause, Proposal.AGGREGATE, proposalId, decline, rejection -> switch (rejection) {
            case ALREADY_ACCEPTED, ALREADY_DECLINED, ALREADY_WITHDRAWN -> NOTHING;
            case NOT_SUBMITTED,
                    NOT_YOURS,
                    OWN_JOB,
                    PAYOUT_NOT_READY,
                    ALREADY_SUBMITTED,
                    MILESTONES_DO_NOT_ADD_UP,
                    MILESTONES_TOO_LONG,
                    CURRENCY_FIXED,
                    REVISION_MISMATCH,
                    CALLER_SUSPENDED,
                    COUNTERPART_SUSPENDED ->
                CommandSender.unexpected(Proposal.AGGREGATE, proposalId, decline, rejection);
        });
    }
}
