/**
 * The rules of the marketplace, one package for each aggregate: its states (a record for each phase), commands, events and rejections. Pure
 * functions: nothing here reads a clock, a database or another aggregate. What is decided can be applied; what was accepted, asked again at
 * once, changes nothing more; a refusal changes nothing. Events are kept for ever: they are added to, never changed.
 */
package io.guildhall.domain;
