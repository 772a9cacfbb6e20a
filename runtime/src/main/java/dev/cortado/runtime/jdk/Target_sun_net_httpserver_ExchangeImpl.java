package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import java.time.format.DateTimeFormatter;

/**
 * What the JDK's HTTP server sends as a date. Its own formatter looks English names of days up as
 * those of any language, which a first response would wait for.
 */
@TargetClass(className = "sun.net.httpserver.ExchangeImpl", onlyWith = IfPresent.class)
final class Target_sun_net_httpserver_ExchangeImpl {
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.FromAlias)
    private static DateTimeFormatter FORMATTER = HttpDate.FORMATTER;

    private Target_sun_net_httpserver_ExchangeImpl() {}
}
