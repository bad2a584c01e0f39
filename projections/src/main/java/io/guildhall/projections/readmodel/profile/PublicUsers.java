package io.guildhall.projections.readmodel.profile;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The name, handle and picture of every user with a profile. */
public interface PublicUsers {
    /** Returns those of these accounts that have a profile, in no order. */
    CompletionStage<List<PublicUser>> find(Collection<String> accountIds);
}
