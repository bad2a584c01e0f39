/**
 * The rules of the marketplace, one package for each aggregate: its states (one record for each phase), commands,
 * events and rejections. All functions are pure: none reads a clock, a database or another aggregate. Every accepted
 * event can be applied to the state, an accepted command that is repeated immediately changes nothing more, and a
 * rejection changes nothing. Events are stored permanently: new ones are added, existing ones never change.
 */
package io.guildhall.domain;
