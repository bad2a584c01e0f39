package io.guildhall.projections.readmodel.room;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

/** The rooms of each account. */
public interface RoomList {
    /**
     * Lists the rooms that an account can read, newest activity first. All pages show the rooms in the order that they
     * had when the first page was read: a room that gets a message in the meantime is neither repeated nor skipped, and
     * a room that was opened in the meantime is not listed. A cursor is valid for 7 days.
     */
    CompletionStage<Page<RoomListing>> ofAccount(String accountId, Page.Request page);
}
