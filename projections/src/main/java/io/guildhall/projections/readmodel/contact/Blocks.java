package io.guildhall.projections.readmodel.contact;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Blocks {
    /** Lists the accounts that an account blocks now, newest first. */
    CompletionStage<Page<BlockRow>> by(String accountId, Page.Request page);
}
