package io.guildhall.actors;

/** Stands for a value from a node of another version that this version cannot read. */
record UnreadableValue(String reason) {}
