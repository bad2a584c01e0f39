package io.guildhall.http.route.account;

import io.guildhall.http.endpoint.Formats;
import io.guildhall.http.text.Password;
import io.guildhall.http.text.PersonName;
import io.guildhall.kernel.EmailAddress;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** @param country ISO 3166-1 alpha-2, such as {@code CH} */
public record RegisterAccount(
        @NotNull EmailAddress email,
        @NotBlank @Password String password,
        @NotBlank @PersonName String name,

        @NotBlank @Pattern(regexp = Formats.COUNTRY) String country,

        @NotEmpty @Size(max = 2) List<@NotNull Role> roles) {
    public enum Role {
        CLIENT,
        FREELANCER
    }
}
