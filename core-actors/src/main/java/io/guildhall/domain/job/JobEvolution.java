package io.guildhall.domain.job;

import io.guildhall.domain.job.Job.*;
import io.guildhall.domain.job.JobEvent.*;
import io.guildhall.kernel.CorruptJournalException;
import java.util.Optional;

/** The next phase of a job, for each phase and event. */
final class JobEvolution {
    private JobEvolution() {}

    static Job evolve(Job job, JobEvent event) {
        return switch (event) {
            case CountEvent _ -> next(job, event);
            case PostingEvent _, FillingStarted _, FillingAbandoned _, JobEvent.Hired _, EndEvent _ ->
                next(job.changed(event.at()), event);
        };
    }

    private static Job next(Job job, JobEvent event) {
        return switch (job) {
            case NotCreated _ ->
                switch (event) {
                    case Posted posted -> new Draft(Posting.of(posted));
                    case Published _,
                            Edited _,
                            CountEvent _,
                            FillingStarted _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Closed _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(job, event);
                };
            case Draft draft ->
                switch (event) {
                    case Published published ->
                        new Open(draft.posting().published(published.at()), ProposalCount.NONE, Optional.empty());
                    case Edited edited -> new Draft(draft.posting().edited(edited.details()));
                    case JobEvent.Closed closed -> new Job.Closed(draft.posting(), closed.why());
                    case Posted _,
                            CountEvent _,
                            FillingStarted _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(job, event);
                };
            case Open open ->
                switch (event) {
                    case Edited edited ->
                        new Open(open.posting().edited(edited.details()), open.proposals(), open.lastFailure());
                    case CountEvent countEvent ->
                        new Open(open.posting(), counted(open.proposals(), countEvent), open.lastFailure());
                    case FillingStarted fillingStarted -> new Filling(open.posting(), open.proposals(), fillingStarted);
                    case JobEvent.Closed closed -> new Job.Closed(open.posting(), closed.why());
                    case Posted _,
                            Published _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(job, event);
                };
            case Filling filling ->
                switch (event) {
                    case CountEvent countEvent ->
                        new Filling(filling.posting(), counted(filling.proposals(), countEvent), filling.hire());
                    case FillingAbandoned fillingAbandoned ->
                        new Open(
                                filling.posting(),
                                filling.proposals(),
                                Optional.of(new FailedHire(
                                        filling.hire().proposalId(),
                                        filling.hire().inviteId(),
                                        fillingAbandoned.contractId(),
                                        fillingAbandoned.why())));
                    case JobEvent.Hired hired ->
                        new Job.Hired(filling.posting(), filling.hire().proposalId(), hired.contractId());
                    case Posted _,
                            Published _,
                            Edited _,
                            FillingStarted _,
                            JobEvent.Closed _,
                            JobEvent.Completed _,
                            JobEvent.Cancelled _ -> throw new CorruptJournalException(job, event);
                };
            case Job.Hired hired ->
                switch (event) {
                    case JobEvent.Completed _ -> new Job.Completed(hired.posting(), hired.contractId());
                    case JobEvent.Cancelled _ -> new Job.Cancelled(hired.posting(), hired.contractId());
                    case Posted _,
                            Published _,
                            Edited _,
                            CountEvent _,
                            FillingStarted _,
                            FillingAbandoned _,
                            JobEvent.Hired _,
                            JobEvent.Closed _ -> throw new CorruptJournalException(job, event);
                };
            case Job.Completed _, Job.Cancelled _, Job.Closed _ -> throw new CorruptJournalException(job, event);
        };
    }

    private static ProposalCount counted(ProposalCount proposals, CountEvent event) {
        return switch (event) {
            case ProposalReceived _ -> proposals.increased();
            case ProposalsCounted counted -> new ProposalCount(counted.waiting(), counted.version());
        };
    }
}
