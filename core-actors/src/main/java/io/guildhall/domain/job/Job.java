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
 * The life of a job: draft, open, being filled, filled, finished; or withdrawn by its client, or called off with its contract. The job
 * arbitrates: of two accepts at once one wins, and who comes too late is refused.
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

    /** @param revision counts the edits, from 1 */
    record Posting(String clientId, JobDetails details, long revision) {
        Posting edited(JobDetails changed) {
            return new Posting(clientId, changed, revision + 1);
        }
    }

    /** A hire that did not come about, and why. */
    record Refusal(String proposalId, String why) {}

    record NotCreated() implements Job {}

    record Draft(Posting posting) implements Job {
        private Decision<JobEvent, JobRejection> answer(JobCommand command, Instant now) {
            return switch (command) {
                case OfClient c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post c -> repeated(c, posting);
                case Publish _ -> accept(new Published(now));
                case Edit c -> edit(c, posting, now);
                case Close c -> accept(new Closed(c.why(), List.of(), now));
                case Accept _, TakeInvite _, ReceiveProposal _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                    reject(NOT_OPEN);
            };
        }
    }

    /** @param proposals received and not declined, in order of arrival */
    record Open(Posting posting, List<String> proposals, Optional<Refusal> lastRefusal) implements Job {
        private Decision<JobEvent, JobRejection> answer(JobCommand command, Instant now) {
            return switch (command) {
                case OfClient c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
                case Post c -> repeated(c, posting);
                case Publish _ -> accept();
                case Edit c
                when !proposals.isEmpty() && !c.details().isPaidLike(posting.details) -> reject(CURRENCY_FIXED);
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
                case Close c -> accept(new Closed(c.why(), proposals, now));
                case TakeInvite c when !c.clientId().equals(posting.clientId) -> reject(NOT_YOURS);
                case TakeInvite c when !posting.details.isPaidIn(c.currency()) -> reject(OTHER_CURRENCY);
                case TakeInvite c ->
                    accept(new FillingStarted(
                            c.inviteId(), 1, c.contractId(), posting.clientId, posting.details.title(), now));
                case ReceiveProposal c when proposals.contains(c.proposalId()) -> accept();
                case ReceiveProposal _ when proposals.size() >= MAX_PROPOSALS -> reject(TOO_MANY_PROPOSALS);
                case ReceiveProposal c when !posting.details.isPaidIn(c.currency()) -> reject(OTHER_CURRENCY);
                case ReceiveProposal c ->
                    accept(new ProposalReceived(
                            c.proposalId(), c.freelancerId(), posting.clientId, posting.details.title(), now));
                // Given up before: the process may ask again.
                case AbandonHire _ -> accept();
                case ConfirmHire _, Complete _, Cancel _ -> reject(NOT_THIS_HIRE);
            };
        }

        private Open with(String proposalId) {
            var more = Stream.concat(proposals.stream(), Stream.of(proposalId)).toList();
            return new Open(posting, more, lastRefusal);
        }
    }

    record Filling(Posting posting, List<String> proposals, FillingStarted hire) implements Job {
        private Decision<JobEvent, JobRejection> answer(JobCommand command, Instant now) {
            return switch (command) {
                case OfClient c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
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
                    accept(new Hired(hire.proposalId(), hire.contractId(), others(), now));
                case AbandonHire c
                when c.contractId().equals(hire.contractId()) ->
                    accept(new FillingAbandoned(
                            hire.proposalId(),
                            hire.contractId(),
                            posting.clientId,
                            posting.details.title(),
                            c.why(),
                            now));
                case ConfirmHire _, AbandonHire _, Complete _, Cancel _ -> reject(NOT_THIS_HIRE);
            };
        }

        List<String> others() {
            return proposals.stream()
                    .filter(it -> !it.equals(hire.proposalId()))
                    .toList();
        }
    }

    record Filled(Posting posting, String proposalId, String contractId) implements Job {
        private Decision<JobEvent, JobRejection> answer(JobCommand command, Instant now) {
            return switch (command) {
                case Complete c when c.contractId().equals(contractId) -> accept(new Completed(contractId, now));
                case Cancel c when c.contractId().equals(contractId) -> accept(new Cancelled(contractId, now));
                case Accept c when c.proposalId().equals(proposalId) && c.by().equals(posting.clientId) -> accept();
                case OfClient _,
                        Post _,
                        TakeInvite _,
                        ReceiveProposal _,
                        ConfirmHire _,
                        AbandonHire _,
                        Complete _,
                        Cancel _ -> late(command, posting, contractId);
            };
        }
    }

    record Finished(Posting posting, String proposalId, String contractId) implements Job {}

    record CalledOff(Posting posting, String proposalId, String contractId) implements Job {}

    record Withdrawn(Posting posting, String why) implements Job {}

    default Optional<Posting> posted() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Draft j -> Optional.of(j.posting);
            case Open j -> Optional.of(j.posting);
            case Filling j -> Optional.of(j.posting);
            case Filled j -> Optional.of(j.posting);
            case Finished j -> Optional.of(j.posting);
            case CalledOff j -> Optional.of(j.posting);
            case Withdrawn j -> Optional.of(j.posting);
        };
    }

    /** Whether that contract's hire is under way here, or came about. */
    default boolean isHiring(String contractId) {
        return switch (this) {
            case Filling j -> j.hire.contractId().equals(contractId);
            case Filled j -> j.contractId.equals(contractId);
            case Finished j -> j.contractId.equals(contractId);
            case CalledOff j -> j.contractId.equals(contractId);
            case NotCreated _, Draft _, Open _, Withdrawn _ -> false;
        };
    }

    default boolean belongsTo(String accountId) {
        return posted().filter(it -> it.clientId().equals(accountId)).isPresent();
    }

    /**
     * Whether they may read it. A draft is its client's; what was once published stays readable to whoever has its address, so that those who
     * proposed find out what became of it.
     *
     * @param accountId empty for somebody who is not logged in
     */
    default boolean isVisibleTo(Optional<String> accountId) {
        return switch (this) {
            case NotCreated _ -> false;
            case Draft _ -> accountId.filter(this::belongsTo).isPresent();
            case Open _, Filling _, Filled _, Finished _, CalledOff _, Withdrawn _ -> true;
        };
    }

    default Decision<JobEvent, JobRejection> decide(JobCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ -> post(command, now);
            case Draft j -> j.answer(command, now);
            case Open j -> j.answer(command, now);
            case Filling j -> j.answer(command, now);
            case Filled j -> j.answer(command, now);
            case Finished j ->
                switch (command) {
                    case Complete c when c.contractId().equals(j.contractId) -> accept();
                    case Post _,
                            OfClient _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> late(command, j.posting, j.contractId);
                };
            case CalledOff j ->
                switch (command) {
                    case Cancel c when c.contractId().equals(j.contractId) -> accept();
                    case Post _,
                            OfClient _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> late(command, j.posting, j.contractId);
                };
            case Withdrawn j ->
                switch (command) {
                    case Close c when c.by().equals(j.posting.clientId) -> accept();
                    case Post _,
                            OfClient _,
                            TakeInvite _,
                            ReceiveProposal _,
                            ConfirmHire _,
                            AbandonHire _,
                            Complete _,
                            Cancel _ -> late(command, j.posting, "none");
                };
        };
    }

    private static Decision<JobEvent, JobRejection> post(JobCommand command, Instant now) {
        return switch (command) {
            case Post c when !c.details().hasSoundBudget() -> reject(BUDGET_UNSOUND);
            case Post c when c.publish() -> accept(new Posted(c.by(), c.details(), now), new Published(now));
            case Post c -> accept(new Posted(c.by(), c.details(), now));
            case OfClient _, TakeInvite _, ReceiveProposal _, ConfirmHire _, AbandonHire _, Complete _, Cancel _ ->
                reject(NOT_POSTED);
        };
    }

    /** The same posting under the same identity is the same request sent again. */
    private static Decision<JobEvent, JobRejection> repeated(Post c, Posting posting) {
        return c.by().equals(posting.clientId) && c.details().equals(posting.details)
                ? accept()
                : reject(ALREADY_POSTED);
    }

    private static Decision<JobEvent, JobRejection> edit(Edit c, Posting posting, Instant now) {
        if (c.revision() != posting.revision) return reject(CHANGED_MEANWHILE);
        if (!c.details().hasSoundBudget()) return reject(BUDGET_UNSOUND);
        return c.details().equals(posting.details) ? accept() : accept(new Edited(c.details(), now));
    }

    /** What a job answers that is no longer to be had: what is so already is confirmed, all else is refused. */
    private static Decision<JobEvent, JobRejection> late(JobCommand command, Posting posting, String contractId) {
        return switch (command) {
            case OfClient c when !c.by().equals(posting.clientId) -> reject(NOT_YOURS);
            case Post c -> repeated(c, posting);
            case ConfirmHire c when c.contractId().equals(contractId) -> accept();
            case TakeInvite c when c.contractId().equals(contractId) -> accept();
            case OfClient _, TakeInvite _, ReceiveProposal _ -> reject(NOT_OPEN);
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
                            Hired _,
                            Closed _,
                            Completed _,
                            Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Draft j ->
                switch (event) {
                    case Published _ -> new Open(j.posting, List.of(), Optional.empty());
                    case Edited e -> new Draft(j.posting.edited(e.details()));
                    case Closed e -> new Withdrawn(j.posting, e.why());
                    case Posted _,
                            ProposalReceived _,
                            FillingStarted _,
                            FillingAbandoned _,
                            Hired _,
                            Completed _,
                            Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Open j ->
                switch (event) {
                    case Edited e -> new Open(j.posting.edited(e.details()), j.proposals, j.lastRefusal);
                    case ProposalReceived e -> j.with(e.proposalId());
                    case FillingStarted e -> new Filling(j.posting, j.proposals, e);
                    case Closed e -> new Withdrawn(j.posting, e.why());
                    case Posted _, Published _, FillingAbandoned _, Hired _, Completed _, Cancelled _ ->
                        throw new CorruptJournalException(this, event);
                };
            case Filling j ->
                switch (event) {
                    case FillingAbandoned e ->
                        new Open(j.posting, j.proposals, Optional.of(new Refusal(e.proposalId(), e.why())));
                    case Hired e -> new Filled(j.posting, e.proposalId(), e.contractId());
                    case Posted _,
                            Published _,
                            Edited _,
                            ProposalReceived _,
                            FillingStarted _,
                            Closed _,
                            Completed _,
                            Cancelled _ -> throw new CorruptJournalException(this, event);
                };
            case Filled j ->
                switch (event) {
                    case Completed _ -> new Finished(j.posting, j.proposalId, j.contractId);
                    case Cancelled _ -> new CalledOff(j.posting, j.proposalId, j.contractId);
                    case Posted _,
                            Published _,
                            Edited _,
                            ProposalReceived _,
                            FillingStarted _,
                            FillingAbandoned _,
                            Hired _,
                            Closed _ -> throw new CorruptJournalException(this, event);
                };
            case Finished _, CalledOff _, Withdrawn _ -> throw new CorruptJournalException(this, event);
        };
    }
}
