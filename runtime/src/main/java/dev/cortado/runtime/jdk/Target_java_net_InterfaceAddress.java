package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;

/** An address of an interface, whose fields the JDK's C sets. */
@TargetClass(InterfaceAddress.class)
final class Target_java_net_InterfaceAddress {
    @Alias InetAddress address;

    /** Null if there is none. */
    @Alias Inet4Address broadcast;

    @Alias short maskLength;

    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_java_net_InterfaceAddress() {}
}
