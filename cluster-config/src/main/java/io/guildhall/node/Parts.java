package io.guildhall.node;

import io.guildhall.payment.PaymentRecorder;
import io.guildhall.payment.ProviderReports;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.view.account.KnownSuspensions;

/** What the HTTP edge and the background work of a node are built from. */
record Parts(
        Database database,
        SuspendedAccounts suspended,
        WriteSide writeSide,
        ReadSide readSide,
        ExternalServices external,
        SharedState shared,
        PaymentRecorder paymentRecorder,
        ProviderReports providerReports,
        LanguageModels models) {

    static Parts open(NodeContext context, Database database) {
        var readSide = ReadSide.open(context, database);
        var suspended = context.openParts()
                .add(new KnownSuspensions(readSide.readModel().suspensions(), context.clock(), context.loops()));
        var writeSide = WriteSide.open(context, database, suspended);
        var external = ExternalServices.open(context, database);
        var recorder = new PaymentRecorder(writeSide.entities(), writeSide.discrepancies());
        return new Parts(
                database,
                suspended,
                writeSide,
                readSide,
                external,
                SharedState.open(context, database),
                recorder,
                new ProviderReports(
                        writeSide.entities(), external.payments().provider(), recorder, writeSide.discrepancies()),
                LanguageModels.open(context, readSide.embeddings()));
    }
}
