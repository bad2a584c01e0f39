package io.guildhall.testing;

import io.guildhall.port.Skills;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Fails on every call. A test overrides what it needs. */
public class StubSkills implements Skills {
    @Override
    public Optional<String> canonicalName(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> suggestions(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> spellings(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<SkillCategory> categories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<KnownSkill> startingWith(String text, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Coverage coverage(Collection<String> required, Collection<String> offered) {
        throw new UnsupportedOperationException();
    }
}
