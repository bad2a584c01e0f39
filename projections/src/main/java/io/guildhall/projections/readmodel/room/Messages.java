package io.guildhall.projections.readmodel.room;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Messages {
    /** The latest first. For those in the room only, which the caller checks. */
    CompletionStage<Page<MessageRow>> ofRoom(String roomId, Page.Request page);
}
