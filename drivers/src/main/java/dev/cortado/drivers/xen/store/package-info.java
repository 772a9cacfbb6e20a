/**
 * The client of xenstore, the tree of small texts through which Xen's domains and tools find each
 * other: {@link dev.cortado.drivers.xen.store.XenStore}.
 *
 * <p>{@link dev.cortado.drivers.xen.store.WireMessage} and {@link
 * dev.cortado.drivers.xen.store.MessageAssembler} are the protocol (docs/misc/xenstore.txt,
 * public/io/xs_wire.h), {@link dev.cortado.drivers.xen.store.StorePage} is the page that it runs
 * over (docs/misc/xenstore-ring.txt), {@link dev.cortado.drivers.xen.store.StoreConnection} brings
 * requests and replies together.
 */
package dev.cortado.drivers.xen.store;
