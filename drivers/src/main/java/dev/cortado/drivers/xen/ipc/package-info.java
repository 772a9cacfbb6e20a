/**
 * Messages between domains, with the API that threads of one image have: {@link
 * dev.cortado.drivers.xen.ipc.Domains} finds services of other domains and offers own ones.
 *
 * <p>A service is a directory in its domain's part of xenstore, {@code data/cortado/NAME}. A client
 * lets the service's domain use some of its pages and an event channel, and writes their numbers
 * into {@code clients} beneath that directory: xenstore says whose node that is, so that the
 * service knows for sure which domain calls. {@link
 * dev.cortado.drivers.xen.connection.ConnectionHeader} is the first page; two channels of the
 * microkernel ({@link dev.cortado.kernel.ipc.ChannelLayout}) lie in the others, one for each
 * direction. Who dies loses its directory in xenstore, which the other side watches.
 *
 * <p>What lies behind is in {@link dev.cortado.drivers.xen.connection}, whose {@link
 * dev.cortado.drivers.xen.connection.Hypervisor} is what of Xen this needs, and in {@link
 * dev.cortado.drivers.xen.vchan}.
 */
package dev.cortado.drivers.xen.ipc;
