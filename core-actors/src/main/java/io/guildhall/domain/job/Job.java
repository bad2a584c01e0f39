package io.guildhall.domain.job;

import static io.guildhall.domain.job.JobRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.job.JobCommand.*;
import io.guildhall.domain.job.JobEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Work that a client posts. A job is a draft, open, being filled, hired and completed; or closed by its client, or
 * cancelled with its contract. A job makes sure that one freelancer is hired: of several concurrent accepts the first
 * one wins, the others are rejected.
 */
public sealed interface Job extends Journalled {
    int MAX_PROPOSALS = 500;

    Aggregate<Job, JobCommand, JobEvent, JobRejection> AGGREGATE = new Aggregate<>(
                    "job",
                    Job.class,
                    JobCommand.class,
                    JobEvent.class,
                    JobRejection.class,
                    new NotCreated(),
                    Job::decide,
                    Job::evolve)
            .with(new SuspensionRule<>(JobParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    /** @param revision 1 for the first version, increased by each edit */
    record Posting(String clientId, JobDetails details, long revision) {
        Posting edited(JobDetails changed) {
            return new Posting(clientId, changed, revision + 1);
        }
    }

    /** A hire that failed. */
    record FailedHire(String proposalId, String reason) {}

    record NotCreated() implements Job {}

    record Draft(Posting posting) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post post -> repeated(post, posting);
                case Publish _ -> accept(new Published(now));
                case Edit edit -> edit(edit, posting, now);
                case Close close -> accept(new JobEvent.Closed(close.reason(), List.of(), now));
                case Accept _, TakeInvite _, ReceiveProposal _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                    reject(NOT_OPEN);
            };
        }
    }

    /** @param proposals ids of the received proposals that were not declined, in order of arrival */
    record Open(Posting posting, List<String> proposals, Optional<FailedHire> lastFailure) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post post -> repeated(post, posting);
                case Publish _ -> accept();
                case Edit edit
                when !proposals.isEmpty() && !edit.details().hasCurrencyOf(posting.details) -> reject(CURRENCY_FIXED);
                case Edit edit -> edit(edit, posting, now);
                case Accept accept when !proposals.contains(accept.proposalId()) -> reject(NO_SUCH_PROPOSAL);
                case Accept accept ->
                    accept(new FillingStarted(
                            accept.proposalId(),
                            accept.revision(),
                            accept.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            Optional.of(accept.feeBasisPoints()),
                            now));
                case Close close -> accept(new JobEvent.Closed(close.reason(), proposals, now));
                case TakeInvite takeInvite when !takeInvite.clientId().equals(posting.clientId) -> reject(NOT_YOURS);
                case TakeInvite takeInvite
                when !posting.details.hasCurrency(takeInvite.currency()) -> reject(OTHER_CURRENCY);
                case TakeInvite takeInvite ->
                    accept(new FillingStarted(
                            takeInvite.inviteId(),
                            1,
                            takeInvite.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            Optional.empty(),
                            now));
                case ReceiveProposal receiveProposal when proposals.contains(receiveProposal.proposalId()) -> accept();
                case ReceiveProposal _ when proposals.size() >= MAX_PROPOSALS -> reject(TOO_MANY_PROPOSALS);
                case ReceiveProposal receiveProposal
                when !posting.details.hasCurrency(receiveProposal.currency()) -> reject(OTHER_CURRENCY);
                case ReceiveProposal receiveProposal ->
                    accept(new ProposalReceived(
                            receiveProposal.proposalId(),
                            receiveProposal.freelancerId(),
                            posting.clientId,
                            posting.details.title(),
                            now));
                // The hire was already abandoned; the process can repeat the command.
                case AbandonHire _ -> accept();
                case ConfirmHire _, Complete _, Cancel _ -> reject(DIFFERENT_HIRE);
            };
        }

        Open withProposal(String proposalId) {
            var more = Stream.concat(proposals.stream(), Stream.of(proposalId)).toList();
            return new Open(posting, more, lastFailure);
        }
    }

    record Filling(Posting posting, List<String> proposals, FillingStarted hire) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post post -> repeated(post, posting);
                case Publish _ -> accept();
                case Accept accept
                when accept.proposalId().equals(hire.proposalId()) && accept.revision() == hire.revision() -> accept();
                case TakeInvite takeInvite when takeInvite.contractId().equals(hire.contractId()) -> accept();
                case Accept _, TakeInvite _, Edit _, Close _ -> reject(BEING_FILLED);
                case ReceiveProposal receiveProposal when proposals.contains(receiveProposal.proposalId()) -> accept();
                case ReceiveProposal _ -> reject(NOT_OPEN);
                case ConfirmHire confirmHire
                when confirmHire.contractId().equals(hire.contractId()) ->
                    accept(new JobEvent.Hired(hire.proposalId(), hire.contractId(), otherProposals(), now));
                case AbandonHire abandonHire
                when abandonHire.contractId().equals(hire.contractId()) ->
                    accept(new FillingAbandoned(
                            hire.proposalId(),
                            hire.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            abandonHire.reason(),
                            now));
                case ConfirmHire _, AbandonHire _, Complete _, Cancel _ -> reject(DIFFERENT_HIRE);
            };
        }

        List<String> otherProposals() {
            return proposals.stream()
                    .filter(it -> !it.equals(hire.proposalId()))
                    .toList();
        }
    }

    record Hired(Posting posting, String proposalId, String contractId) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case Complete complete
                when complete.contractId().equals(contractId) -> accept(new JobEvent.Completed(contractId, now));
                case Cancel cancel
                when cancel.contractId().equals(contractId) -> accept(new JobEvent.Cancelled(contractId, now));
                case Accept accept
                when accept.proposalId().equals(proposalId) && accept.by().equals(posting.clientId) -> accept();
                case ClientCommand _,
                        Post _,
                        TakeInvite _,
                        ReceiveProposal _,
                        ConfirmHire _,
                        AbandonHire _,
                        Complete _,
                        Cancel _ -> handleWhenNotOpen(command, posting, contractId);
            };
        }
    }

    record Completed(Posting posting, String proposalId, String contractId) implements Job {}

    record Cancelled(Posting posting, String proposalId, String contractId) implements Job {}

    record Closed(Posting posting, String reason) implements Job {}

    default Optional<Posting> findPosting() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Draft draft -> Optional.of(draft.posting);
            case Open open -> Optional.of(open.posting);
            case Filling filling -> Optional.of(filling.posting);
            case Hired hired -> Optional.of(hired.posting);
            case Completed completed -> Optional.of(completed.posting);
            case Cancelled cancelled -> Optional.of(cancelled.posting);
            case Closed closed -> Optional.of(closed.posting);
        };
    }

    /** Whether the hire for that contract is in progress or has succeeded. */
    default boolean isHiring(String contractId) {
        return switch (this) {
            case Filling filling -> filling.hire.contractId().equals(contractId);
            case Hired hired -> hired.contractId.equals(contractId);
            case Completed completed -> completed.contractId.equals(contractId);
            case Cancelled cancelled -> cancelled.contractId.equals(contractId);
            case NotCreated _, Draft _, Open _, Closed _ -> false;
        };
    }

    default boolean belongsTo(String accountId) {
        return findPosting().filter(it -> it.clientId().equals(accountId)).isPresent();
    }

    /**
     * Whether a caller is allowed to read the job. Only its client can read a draft. A job that was published stays
     * readable for everyone, so that freelancers see the result of their proposals.
     *
     * @param accountId empty for an anonymous caller
     */
    default boolean isVisibleTo(Optional<String> accountId) {
        return switch (this) {
            case NotCreated _ -> false;
            case Draft _ -> accountId.filter(this::belongsTo).isPresent();
            case Open _, Filling _, Hired _, Completed _, Cancelled _, Closed _ -> true;
        };
    }

    default Decision<JobEvent, JobRejection> decide(JobCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ -> post(command, now);
            case Draft draft -> draft.handle(command, now);
            case Open open -> open.handle(command, now);
            case Filling filling -> filling.handle(command, now);
            case Hired hired -> hired.handle(command, now);
            case Completed completed ->
                switch (command) {
                    case Complete complete when complete.contractId().equals(completed.contractId) -> accept();
                    case Post _,
                            ClientCommand _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> handleWhenNotOpen(command, completed.posting, completed.contractId);
                };
            case Cancelled cancelled ->
                switch (command) {
                    case Cancel cancel when cancel.contractId().equals(cancelled.contractId) -> accept();
                    case Post _,
                            ClientCommand _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> handleWhenNotOpen(command, cancelled.posting, cancelled.contractId);
                };
            case Closed closed ->
                switch (command) {
                    case Close close when close.by().equals(closed.posting.clientId) -> accept();
                    case Post _,
                            ClientCommand _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> handleWhenNotOpen(command, closed.posting, "none");
                };
        };
    }

    private static Decision<JobEvent, JobRejection> post(JobCommand command, Instant now) {
        return switch (command) {
            case Post post when !post.details().hasValidBudget() -> reject(INVALID_BUDGET);
            case Post post
            when post.publish() -> accept(new Posted(post.by(), post.details(), now), new Published(now));
            case Post post -> accept(new Posted(post.by(), post.details(), now));
            case ClientCommand _, TakeInvite _, ReceiveProposal _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                reject(NOT_POSTED);
        };
    }

    /** Equal details for the same job are a repeated request. */
    private static Decision<JobEvent, JobRejection> repeated(Post command, Posting posting) {
        return command.by().equals(posting.clientId) && command.details().equals(posting.details)
                ? accept()
                : reject(ALREADY_POSTED);
    }

    private static Decision<JobEvent, JobRejection> edit(Edit command, Posting posting, Instant now) {
        if (command.revision() != posting.revision) return reject(REVISION_MISMATCH);
        if (!command.details().hasValidBudget()) return reject(INVALID_BUDGET);
        return command.details().equals(posting.details) ? accept() : accept(new Edited(command.details(), now));
    }

    /**
     * Handles commands to a job that is no longer open: accepts repeated commands, which change nothing, and rejects
     * others.
     */
    private static Decision<JobEvent, JobRejection> handleWhenNotOpen(
            JobCommand command, Posting posting, String contractId) {
        return switch (command) {
            case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
            case Post post -> repeated(post, posting);
            case ConfirmHire confirmHire when confirmHire.contractId().equals(contractId) -> accept();
            case TakeInvite takeInvite when takeInvite.contractId().equals(contractId) -> accept();
            case ClientCommand _, TakeInvite _, ReceiveProposal _ -> reject(NOT_OPEN);
            case AbandonHire _, ConfirmHire _, Complete _, Cancel _ -> reject(DIFFERENT_HIRE);
        };
    }

    default Job evolve(JobEvent event) {
        return JobEvolution.evolve(this, event);
    }
}
