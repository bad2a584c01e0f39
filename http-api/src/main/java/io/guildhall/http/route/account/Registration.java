package io.guildhall.http.route.account;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** What one says of oneself to register. */
public record Registration(
        @NotBlank @Email @Size(max = 254) String email,
        @NotBlank @Size(min = 10, max = 200) String password,
        @NotBlank @Size(max = 80) String name,
        @NotBlank @Pattern(regexp = "[A-Z]{2}") String country,
        @NotEmpty @Size(max = 2) List<@NotNull Role> roles) {
    public enum Role {
        CLIENT,
        FREELANCER
    }
}
