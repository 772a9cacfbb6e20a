package com.oracle.svm.core.jdk.management;

import java.io.IOException;
import javax.management.InstanceNotFoundException;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.NotificationEmitter;
import javax.management.ObjectName;

/** What {@code ManagementFactory} gives for a platform bean that is behind a bean server. */
public final class PlatformProxies {
    private PlatformProxies() {}

    /** Where native-image gives null: see {@code ManagementFactory.newPlatformMXBeanProxy}. */
    public static Object create(MBeanServerConnection server, String name, Class<?> type)
            throws IOException {
        try {
            ObjectName bean = new ObjectName(name);
            // Not whether it is of that type: a server knows classes by what a guest may look up.
            if (!server.isRegistered(bean)) {
                throw new IllegalArgumentException(name + " is not a bean of the server's");
            }
            boolean emits = server.isInstanceOf(bean, NotificationEmitter.class.getName());
            return JMX.newMXBeanProxy(server, bean, type, emits);
        } catch (InstanceNotFoundException | MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
