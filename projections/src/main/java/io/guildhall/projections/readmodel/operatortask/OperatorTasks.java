package io.guildhall.projections.readmodel.operatortask;

import io.guildhall.projections.readmodel.Page;
import java.util.Map;
import java.util.concurrent.CompletionStage;

public interface OperatorTasks {
    /** Lists what needs an operator, newest first. */
    CompletionStage<Page<OperatorTask>> open(Page.Request page);

    /** Counts what needs an operator; kinds without a task are absent. */
    CompletionStage<Map<OperatorTask.Kind, Long>> countOpen();
}
