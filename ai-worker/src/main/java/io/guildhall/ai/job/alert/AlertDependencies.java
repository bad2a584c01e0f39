package io.guildhall.ai.job.alert;

import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Alerts;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What the {@link AlertJob} depends on.
 *
 * @param send called at least once for each match; completes when the match is recorded
 */
public record AlertDependencies(
        Alerts alerts,
        Embedder embedder,
        QueryInterpreter interpreter,
        Skills skills,
        Function<Match, CompletionStage<?>> send) {}
