package io.guildhall.projections.readmodel.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The events of all channels, in order and without gaps. They are read from the journal; those of an account from the
 * table of the changes of its lists. Nothing else has to be written for a channel.
 */
public interface LiveEvents {
    /** A client that has missed more events must read the resources again. */
    int MAX_MISSED = 10_000;

    /** A client that has missed an older event must read the resources again. */
    Duration RETENTION = Duration.ofDays(7);

    /** The maximum number of events in one call of {@link #read}. */
    int MAX_READ = 100;

    /**
     * The position of a channel.
     *
     * @param epoch changes when the database was replaced by another one, such as a restored backup: offsets of another
     *     epoch mean nothing
     * @param last the offset of the newest event; 0 if there is none
     * @param recent the offset after which a client starts that has just read the resources: lists lag behind the
     *     channel like the followers
     * @param isComplete whether every event after the given offset can still be read
     */
    record Head(String epoch, long last, long recent, boolean isComplete) {}

    /** @param after the offset of the last event that a client has received */
    CompletionStage<Head> head(Channel channel, OptionalLong after);

    /** Returns the offset of the newest event of each channel that has one. */
    CompletionStage<Map<Channel, Long>> last(Collection<Channel> channels);

    /** Reads the next events after an offset, at most {@link #MAX_READ}. */
    CompletionStage<List<LiveEvent>> read(Channel channel, long after);
}
