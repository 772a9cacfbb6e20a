package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.InetAddress;
import java.net.URL;

/** URLs are compared by their hosts' addresses where there is a network. */
@TargetClass(URL.class)
final class Target_java_net_URL {
    @Alias private String host;
    @Alias private transient InetAddress hostAddress;

    @Substitute
    synchronized InetAddress getHostAddress() {
        if (hostAddress == null && host != null && !host.isEmpty()) {
            hostAddress = UrlHosts.address(host);
        }
        return hostAddress;
    }
}
