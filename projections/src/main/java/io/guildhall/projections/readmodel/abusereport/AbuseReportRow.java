package io.guildhall.projections.readmodel.abusereport;

import io.guildhall.domain.abusereport.AbuseReport.Resolution;
import io.guildhall.domain.abusereport.ReportedConduct;
import java.time.Instant;
import java.util.Optional;

/** @param resolution empty while the report is open */
public record AbuseReportRow(String id, ReportedConduct conduct, Instant filedAt, Optional<Resolution> resolution) {}
