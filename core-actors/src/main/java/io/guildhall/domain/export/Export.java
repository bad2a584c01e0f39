package io.guildhall.domain.export;

import static io.guildhall.domain.export.ExportRejection.ALREADY_ENDED;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.export.ExportCommand.RecordFailed;
import io.guildhall.domain.export.ExportCommand.RecordFinished;
import io.guildhall.domain.export.ExportEvent.Failed;
import io.guildhall.domain.export.ExportEvent.Finished;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.CorruptJournalException;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** The result of an export of a room. The first result is final. A table has the progress until then. */
public sealed interface Export extends Journalled {
    Aggregate<Export, ExportCommand, ExportEvent, ExportRejection> AGGREGATE = new Aggregate<>(
            "export",
            Export.class,
            ExportCommand.class,
            ExportEvent.class,
            ExportRejection.class,
            new InProgress(),
            Export::decide,
            Export::evolve);

    record InProgress() implements Export {}

    record Ended(boolean isFinished) implements Export {}

    default Decision<ExportEvent, ExportRejection> decide(ExportCommand command, Instant now) {
        return switch (this) {
            case InProgress _ ->
                switch (command) {
                    case RecordFinished it -> accept(new Finished(it.accountId(), it.roomId(), now));
                    case RecordFailed it -> accept(new Failed(it.accountId(), it.roomId(), now));
                };
            case Ended ended ->
                switch (command) {
                    case RecordFinished _ -> ended.isFinished ? accept() : reject(ALREADY_ENDED);
                    case RecordFailed _ -> ended.isFinished ? reject(ALREADY_ENDED) : accept();
                };
        };
    }

    default Export evolve(ExportEvent event) {
        return switch (this) {
            case InProgress _ ->
                switch (event) {
                    case Finished _ -> new Ended(true);
                    case Failed _ -> new Ended(false);
                };
            case Ended _ -> throw new CorruptJournalException(this, event);
        };
    }
}
