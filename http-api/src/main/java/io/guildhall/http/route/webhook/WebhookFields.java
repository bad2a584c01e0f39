package io.guildhall.http.route.webhook;

import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.endpoint.Problem.FieldError;
import io.guildhall.http.text.PlainText;
import io.guildhall.port.WebhookTargets;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;

/** The address of a webhook and the kinds of events that it receives, in requests. */
public record WebhookFields(
        @NotBlank @PlainText(max = WebhookTargets.MAX_URL_LENGTH)
        String url,

        @NotNull @Size(min = 1, max = 100) List<@NotBlank @PlainText(max = 60) String> kinds) {

    /** @throws Problem 422 if the address is not allowed or a kind does not exist */
    void requireValid(WebhookTargets targets, List<String> knownKinds) {
        var errors = new ArrayList<FieldError>();
        targets.refusal(url).ifPresent(it -> errors.add(new FieldError("url", it)));
        for (int i = 0; i < kinds.size(); i++)
            if (!knownKinds.contains(kinds.get(i)))
                errors.add(new FieldError(
                        "kinds[" + i + "]", "must be one of the kinds that GET /api/me/webhooks returns"));
        if (!errors.isEmpty()) throw Problem.invalid(List.copyOf(errors));
    }

    List<String> distinctKinds() {
        return kinds.stream().distinct().sorted().toList();
    }
}
