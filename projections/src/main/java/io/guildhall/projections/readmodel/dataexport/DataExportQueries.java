package io.guildhall.projections.readmodel.dataexport;

import io.guildhall.projections.readmodel.Page;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The exports of accounts' own data, until they are deleted. */
public interface DataExportQueries {
    /** Newest first. */
    CompletionStage<Page<DataExport>> of(String accountId, Page.Request page);

    /** Finds an export that the account has requested. */
    CompletionStage<Optional<DataExport>> find(String accountId, String id);
}
