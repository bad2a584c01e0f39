package io.guildhall.domain.job;

import static io.guildhall.domain.job.JobRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.job.JobCommand.*;
import io.guildhall.domain.job.JobEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Dates;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Work that a client posts. A job is a draft, open, being filled, hired and completed; or closed by its client, or
 * cancelled with its contract. A job makes sure that one freelancer is hired: of several concurrent accepts the first
 * one wins, the others are rejected.
 */
public sealed interface Job extends Journalled {
    /** At most this many proposals wait for a decision at a time. */
    int MAX_WAITING_PROPOSALS = 500;

    Aggregate<Job, JobCommand, JobEvent, JobRejection> AGGREGATE = new Aggregate<>(
                    "job",
                    Job.class,
                    JobCommand.class,
                    JobEvent.class,
                    JobRejection.class,
                    new NotCreated(),
                    Job::decide,
                    Job::evolve)
            .ownedBy((_, job) ->
                    job.findPosting().map(Posting::clientId).stream().toList())
            .with(new SuspensionRule<>(JobParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    /**
     * @param revision 1 for the first version, increased by each edit
     * @param dates proposals do not change them
     * @param publishedAt empty for a draft
     */
    record Posting(String clientId, JobDetails details, long revision, Dates dates, Optional<Instant> publishedAt) {
        static Posting of(Posted posted) {
            return new Posting(posted.clientId(), posted.details(), 1, Dates.createdAt(posted.at()), Optional.empty());
        }

        Posting edited(JobDetails edited) {
            return new Posting(clientId, edited, revision + 1, dates, publishedAt);
        }

        Posting published(Instant at) {
            return new Posting(clientId, details, revision, dates, Optional.of(at));
        }

        private Posting changed(Instant at) {
            return new Posting(clientId, details, revision, dates.changed(at), publishedAt);
        }
    }

    /**
     * How many proposals wait for a decision. The job does not know which: their list is kept by the process that counts
     * them.
     *
     * @param version increased by each change, so that counts can arrive in any order
     */
    record ProposalCount(int waiting, long version) {
        static final ProposalCount NONE = new ProposalCount(0, 0);

        /** Counts a proposal of an event that is older than the counts. */
        ProposalCount increased() {
            return new ProposalCount(waiting + 1, version);
        }
    }

    /**
     * A hire that failed.
     *
     * @param proposalId empty for a hire by an invite
     * @param inviteId empty for a hire by a proposal
     * @param reason a code
     */
    record FailedHire(Optional<String> proposalId, Optional<String> inviteId, String contractId, String reason) {}

    record NotCreated() implements Job {}

    record Draft(Posting posting) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post post -> repeated(post, posting);
                case Publish _ -> accept(new Published(now));
                case Edit edit -> edit(edit, posting, now);
                case Close close -> accept(new JobEvent.Closed(close.reason(), List.of(), now));
                case Accept _, ApplicationCommand _, HireCommand _, Complete _, Cancel _ -> reject(NOT_OPEN);
            };
        }
    }

    record Open(Posting posting, ProposalCount proposals, Optional<FailedHire> lastFailure) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post post -> repeated(post, posting);
                case Publish _ -> accept();
                case Edit edit
                when proposals.waiting > 0 && !edit.details().hasCurrencyOf(posting.details) -> reject(CURRENCY_FIXED);
                case Edit edit -> edit(edit, posting, now);
                case Accept accept when hasFailed(accept.contractId()) -> accept();
                case Accept accept ->
                    accept(new FillingStarted(
                            Optional.of(accept.proposalId()),
                            Optional.empty(),
                            accept.revision(),
                            accept.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            Optional.of(accept.feeBasisPoints()),
                            now));
                case Close close -> accept(new JobEvent.Closed(close.reason(), List.of(), now));
                case TakeInvite takeInvite when !takeInvite.clientId().equals(posting.clientId) -> reject(NOT_YOURS);
                case TakeInvite takeInvite
                when !posting.details.hasCurrency(takeInvite.currency()) -> reject(OTHER_CURRENCY);
                case TakeInvite takeInvite when hasFailed(takeInvite.contractId()) -> accept();
                case TakeInvite takeInvite ->
                    accept(new FillingStarted(
                            Optional.empty(),
                            Optional.of(takeInvite.inviteId()),
                            takeInvite.number(),
                            takeInvite.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            Optional.of(takeInvite.feeBasisPoints()),
                            now));
                case ApplicationCommand applicationCommand -> apply(applicationCommand, posting, proposals, now);
                // The hire was already abandoned; the process can repeat the command.
                case AbandonHire _ -> accept();
                case ConfirmHire _, Complete _, Cancel _ -> reject(DIFFERENT_HIRE);
            };
        }

        /** Whether the last hire was for this contract, so that the command which started it is a repeated one. */
        private boolean hasFailed(String contractId) {
            return lastFailure.filter(it -> it.contractId().equals(contractId)).isPresent();
        }
    }

    record Filling(Posting posting, ProposalCount proposals, FillingStarted hire) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand clientCommand when !clientCommand.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post post -> repeated(post, posting);
                case Publish _ -> accept();
                case Accept accept when isRepeated(accept) -> accept();
                case TakeInvite takeInvite when takeInvite.contractId().equals(hire.contractId()) -> accept();
                case Accept _, TakeInvite _, Edit _, Close _ -> reject(BEING_FILLED);
                // Proposals are received as before: the hire can fail.
                case ApplicationCommand applicationCommand -> apply(applicationCommand, posting, proposals, now);
                case ConfirmHire confirmHire
                when confirmHire.contractId().equals(hire.contractId()) ->
                    accept(new JobEvent.Hired(hire.proposalId(), hire.inviteId(), hire.contractId(), List.of(), now));
                case AbandonHire abandonHire
                when abandonHire.contractId().equals(hire.contractId()) ->
                    accept(new FillingAbandoned(
                            hire.proposalId(),
                            hire.inviteId(),
                            hire.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            abandonHire.reason(),
                            now));
                case ConfirmHire _, AbandonHire _, Complete _, Cancel _ -> reject(DIFFERENT_HIRE);
            };
        }

        private boolean isRepeated(Accept accept) {
            return hire.proposalId().filter(accept.proposalId()::equals).isPresent()
                    && accept.revision() == hire.revision();
        }
    }

    /** @param proposalId empty for a hire by an invite */
    record Hired(Posting posting, Optional<String> proposalId, String contractId) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case Complete complete
                when complete.contractId().equals(contractId) -> accept(new JobEvent.Completed(contractId, now));
                case Cancel cancel
                when cancel.contractId().equals(contractId) -> accept(new JobEvent.Cancelled(contractId, now));
                case Accept accept
                when proposalId.filter(accept.proposalId()::equals).isPresent()
                        && accept.by().equals(posting.clientId) -> accept();
                case ClientCommand _, Post _, ApplicationCommand _, HireCommand _, Complete _, Cancel _ ->
                    handleWhenNotOpen(command, posting, contractId);
            };
        }
    }

    record Completed(Posting posting, String contractId) implements Job {}

    record Cancelled(Posting posting, String contractId) implements Job {}

    record Closed(Posting posting, @Personal String reason) implements Job {}

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

    /** Whether the hire for that contract is in progress. */
    default boolean isFilledBy(String contractId) {
        return switch (this) {
            case Filling filling -> filling.hire.contractId().equals(contractId);
            case NotCreated _, Draft _, Open _, Hired _, Completed _, Cancelled _, Closed _ -> false;
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
                    case Post _, ClientCommand _, ApplicationCommand _, HireCommand _, Complete _, Cancel _ ->
                        handleWhenNotOpen(command, completed.posting, completed.contractId);
                };
            case Cancelled cancelled ->
                switch (command) {
                    case Cancel cancel when cancel.contractId().equals(cancelled.contractId) -> accept();
                    case Post _, ClientCommand _, ApplicationCommand _, HireCommand _, Complete _, Cancel _ ->
                        handleWhenNotOpen(command, cancelled.posting, cancelled.contractId);
                };
            case Closed closed ->
                switch (command) {
                    case Close close when close.by().equals(closed.posting.clientId) -> accept();
                    case Post _, ClientCommand _, ApplicationCommand _, HireCommand _, Complete _, Cancel _ ->
                        handleWhenNotOpen(command, closed.posting, "none");
                };
        };
    }

    private static Decision<JobEvent, JobRejection> post(JobCommand command, Instant now) {
        return switch (command) {
            case Post post when !post.details().hasValidBudget() -> reject(INVALID_BUDGET);
            case Post post
            when post.publish() -> accept(new Posted(post.by(), post.details(), now), new Published(now));
            case Post post -> accept(new Posted(post.by(), post.details(), now));
            case ClientCommand _, ApplicationCommand _, HireCommand _, Complete _, Cancel _ -> reject(NOT_POSTED);
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

    private static Decision<JobEvent, JobRejection> apply(
            ApplicationCommand command, Posting posting, ProposalCount proposals, Instant now) {
        return switch (command) {
            case ReceiveProposal receiveProposal
            when !posting.details.hasCurrency(receiveProposal.currency()) -> reject(OTHER_CURRENCY);
            case ReceiveProposal receiveProposal -> count(receiveProposal.count(), proposals, now);
            case CountProposals countProposals -> count(countProposals.count(), proposals, now);
            case ReceiveInvite _ -> accept();
        };
    }

    /** Ignores a count that is not newer than the last one. */
    private static Decision<JobEvent, JobRejection> count(ProposalCount count, ProposalCount last, Instant now) {
        return count.version <= last.version
                ? accept()
                : accept(new ProposalsCounted(count.waiting, count.version, now));
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
            case ClientCommand _, TakeInvite _, ApplicationCommand _ -> reject(NOT_OPEN);
            case AbandonHire _, ConfirmHire _, Complete _, Cancel _ -> reject(DIFFERENT_HIRE);
        };
    }

    default Job evolve(JobEvent event) {
        return JobEvolution.evolve(this, event);
    }

    /** The same job, changed at this time. */
    default Job changed(Instant at) {
        return switch (this) {
            case NotCreated _ -> this;
            case Draft it -> new Draft(it.posting.changed(at));
            case Open it -> new Open(it.posting.changed(at), it.proposals, it.lastFailure);
            case Filling it -> new Filling(it.posting.changed(at), it.proposals, it.hire);
            case Hired it -> new Hired(it.posting.changed(at), it.proposalId, it.contractId);
            case Completed it -> new Completed(it.posting.changed(at), it.contractId);
            case Cancelled it -> new Cancelled(it.posting.changed(at), it.contractId);
            case Closed it -> new Closed(it.posting.changed(at), it.reason);
        };
    }
}
