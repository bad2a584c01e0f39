/** The kinds of texts in request records, one annotation for each, and the rules for passwords. */
package io.guildhall.http.text;
