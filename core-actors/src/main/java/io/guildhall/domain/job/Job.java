package io.guildhall.domain.job;

import static io.guildhall.domain.job.JobRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.job.JobCommand.*;
import io.guildhall.domain.job.JobEvent.*;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Work that a client posts. A job is a draft, open, being filled, hired and completed; or closed by its client, or cancelled with its
 * contract. A job makes sure that one freelancer is hired: of several concurrent accepts the first one wins, the others are rejected.
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
            Job::evolve);

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
                case ClientCommand c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post c -> repeated(c, posting);
                case Publish _ -> accept(new Published(now));
                case Edit c -> edit(c, posting, now);
                case Close c -> accept(new JobEvent.Closed(c.reason(), List.of(), now));
                case Accept _, TakeInvite _, ReceiveProposal _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                    reject(NOT_OPEN);
            };
        }
    }

    /** @param proposals ids of the received proposals that were not declined, in order of arrival */
    record Open(Posting posting, List<String> proposals, Optional<FailedHire> lastFailure) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post c -> repeated(c, posting);
                case Publish _ -> accept();
                case Edit c
                when !proposals.isEmpty() && !c.details().hasCurrencyOf(posting.details) -> reject(CURRENCY_FIXED);
                case Edit c -> edit(c, posting, now);
                case Accept c when !proposals.contains(c.proposalId()) -> reject(NO_SUCH_PROPOSAL);
                case Accept c ->
                    accept(new FillingStarted(
                            c.proposalId(),
                            c.revision(),
                            c.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            now));
                case Close c -> accept(new JobEvent.Closed(c.reason(), proposals, now));
                case TakeInvite c when !c.clientId().equals(posting.clientId) -> reject(NOT_YOURS);
                case TakeInvite c when !posting.details.hasCurrency(c.currency()) -> reject(OTHER_CURRENCY);
                case TakeInvite c ->
                    accept(new FillingStarted(
                            c.inviteId(), 1, c.contractId(), posting.clientId, posting.details.title(), now));
                case ReceiveProposal c when proposals.contains(c.proposalId()) -> accept();
                case ReceiveProposal _ when proposals.size() >= MAX_PROPOSALS -> reject(TOO_MANY_PROPOSALS);
                case ReceiveProposal c when !posting.details.hasCurrency(c.currency()) -> reject(OTHER_CURRENCY);
                case ReceiveProposal c ->
                    accept(new ProposalReceived(
                            c.proposalId(), c.freelancerId(), posting.clientId, posting.details.title(), now));
                // The hire was already abandoned; the process can repeat the command.
                case AbandonHire _ -> accept();
                case ConfirmHire _, Complete _, Cancel _ -> reject(NOT_THIS_HIRE);
            };
        }

        private Open withProposal(String proposalId) {
            var more = Stream.concat(proposals.stream(), Stream.of(proposalId)).toList();
            return new Open(posting, more, lastFailure);
        }
    }

    record Filling(Posting posting, List<String> proposals, FillingStarted hire) implements Job {
        private Decision<JobEvent, JobRejection> handle(JobCommand command, Instant now) {
            return switch (command) {
                case ClientCommand c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post c -> repeated(c, posting);
                case Publish _ -> accept();
                case Accept c
                when c.proposalId().equals(hire.proposalId()) && c.revision() == hire.revision() -> accept();
                case TakeInvite c when c.contractId().equals(hire.contractId()) -> accept();
                case Accept _, TakeInvite _, Edit _, Close _ -> reject(BEING_FILLED);
                case ReceiveProposal c when proposals.contains(c.proposalId()) -> accept();
                case ReceiveProposal _ -> reject(NOT_OPEN);
                case ConfirmHire c
                when c.contractId().equals(hire.contractId()) ->
                    accept(new JobEvent.Hired(hire.proposalId(), hire.contractId(), otherProposals(), now));
                case AbandonHire c
                when c.contractId().equals(hire.contractId()) ->
                    accept(new FillingAbandoned(
                            hire.proposalId(),
                            hire.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            c.reason(),
                            now));
                case ConfirmHire _, AbandonHire _, Complete _, Cancel _ -> reject(NOT_THIS_HIRE);
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
                case Complete c
                when c.contractId().equals(contractId) -> accept(new JobEvent.Completed(contractId, now));
                case Cancel c when c.contractId().equals(contractId) -> accept(new JobEvent.Cancelled(contractId, now));
                case Accept c when c.proposalId().equals(proposalId) && c.by().equals(posting.clientId) -> accept();
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
            case Draft j -> Optional.of(j.posting);
            case Open j -> Optional.of(j.posting);
            case Filling j -> Optional.of(j.posting);
            case Hired j -> Optional.of(j.posting);
            case Completed j -> Optional.of(j.posting);
            case Cancelled j -> Optional.of(j.posting);
            case Closed j -> Optional.of(j.posting);
        };
    }

    /** Whether the hire for that contract is in progress or has succeeded. */
    default boolean isHiring(String contractId) {
        return switch (this) {
            case Filling j -> j.hire.contractId().equals(contractId);
            case Hired j -> j.contractId.equals(contractId);
            case Completed j -> j.contractId.equals(contractId);
            case Cancelled j -> j.contractId.equals(contractId);
            case NotCreated _, Draft _, Open _, Closed _ -> false;
        };
    }

    default boolean belongsTo(String accountId) {
        return findPosting().filter(it -> it.clientId().equals(accountId)).isPresent();
    }

    /**
     * Whether a caller is allowed to read the job. Only its client can read a draft. A job that was published stays readable for everyone, so
     * that freelancers see the result of their proposals.
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
            case Draft j -> j.handle(command, now);
            case Open j -> j.handle(command, now);
            case Filling j -> j.handle(command, now);
            case Hired j -> j.handle(command, now);
            case Completed j ->
                switch (command) {
                    case Complete c when c.contractId().equals(j.contractId) -> accept();
                    case Post _,
                            ClientCommand _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> handleWhenNotOpen(command, j.posting, j.contractId);
                };
            case Cancelled j ->
                switch (command) {
                    case Cancel c when c.contractId().equals(j.contractId) -> accept();
                    case Post _,
                            ClientCommand _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> handleWhenNotOpen(command, j.posting, j.contractId);
                };
            case Closed j ->
                switch (command) {
                    case Close c when c.by().equals(j.posting.clientId) -> accept();
                    case Post _,
                            ClientCommand _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> handleWhenNotOpen(command, j.posting, "none");
                };
        };
    }

    private static Decision<JobEvent, JobRejection> post(JobCommand command, Instant now) {
        return switch (command) {
            case Post c when !c.details().hasValidBudget() -> reject(BUDGET_UNSOUND);
            case Post c when c.publish() -> accept(new Posted(c.by(), c.details(), now), new Published(now));
            case Post c -> accept(new Posted(c.by(), c.details(), now));
            case ClientCommand _, TakeInvite _, ReceiveProposal _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                reject(NOT_POSTED);
        };
    }

    /** Equal details for the same job are a repeated request. */
    private static Decision<JobEvent, JobRejection> repeated(Post c, Posting posting) {
        return c.by().equals(posting.clientId) && c.details().equals(posting.details)
                ? accept()
                : reject(ALREADY_POSTED);
    }

    private static Decision<JobEvent, JobRejection> edit(Edit c, Posting posting, Instant now) {
        if (c.revision() != posting.revision) return reject(CHANGED_MEANWHILE);
        if (!c.details().hasValidBudget()) return reject(BUDGET_UNSOUND);
        return c.details().equals(posting.details) ? accept() : accept(new Edited(c.details(), now));
    }

    /** Handles commands to a job that is no longer open: accepts repeated commands, which change nothing, and rejects others. */
    private static Decision<JobEvent, JobRejection> handleWhenNotOpen(
            JobCommand command, Posting posting, String contractId) {
        return switch (command) {
            case ClientCommand c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
            case Post c -> repeated(c, posting);
            case ConfirmHire c when c.contractId().equals(contractId) -> accept();
            case TakeInvite c when c.contractId().equals(contractId) -> accept();
            case ClientCommand _, TakeInvite _, ReceiveProposal _ -> reject(NOT_OPEN);
            case AbandonHire _, ConfirmHire _, Complete _, Cancel _ -> reject(NOT_THIS_HIRE);
        };
    }

    default Job evolve(JobEvent event) {
        return switch (this) {
            case NotCreated _ ->
                switch (event) {
                    case Posted e -> new Draft(new Posting(e.clientId(), e.details(), 1));
                    case Published _,
                            Edited _,
                            ProposalReceived _,
                            FillingStarted _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Closed _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Draft j ->
                switch (event) {
                    case Published _ -> new Open(j.posting, List.of(), Optional.empty());
                    case Edited e -> new Draft(j.posting.edited(e.details()));
                    case JobEvent.Closed e -> new Closed(j.posting, e.why());
                    case Posted _,
                            ProposalReceived _,
                            FillingStarted _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Open j ->
                switch (event) {
                    case Edited e -> new Open(j.posting.edited(e.details()), j.proposals, j.lastFailure);
                    case ProposalReceived e -> j.withProposal(e.proposalId());
                    case FillingStarted e -> new Filling(j.posting, j.proposals, e);
                    case JobEvent.Closed e -> new Closed(j.posting, e.why());
                    case Posted _,
                            Published _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Filling j ->
                switch (event) {
                    case FillingAbandoned e ->
                        new Open(j.posting, j.proposals, Optional.of(new FailedHire(e.proposalId(), e.why())));
                    case JobEvent.Hired e -> new Hired(j.posting, e.proposalId(), e.contractId());
                    case Posted _,
                            Published _,
                            Edited _,
                            ProposalReceived _,
                            FillingStarted _,
                            JobEvent.Closed _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Hired j ->
                switch (event) {
                    case JobEvent.Completed _ -> new Completed(j.posting, j.proposalId, j.contractId);
                    case JobEvent.Cancelled _ -> new Cancelled(j.posting, j.proposalId, j.contractId);
                    case Posted _,
                            Published _,
                            Edited _,
                            ProposalReceived _,
                            FillingStarted _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Closed _ -> throw new CorruptJournalException(this, event);
                };
            case Completed _, Cancelled _, Closed _ -> throw new CorruptJournalException(this, event);
        };
    }
}
