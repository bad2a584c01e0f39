package io.guildhall.projections.readmodel.room;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Messages {
    /** Lists the messages of a room, newest first. The caller checks that the reader is a party of the contract. */
    CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page);
}
