/**
 * The devices by which a host shares a folder. They carry messages; what those say is somebody
 * else's business.
 */
package dev.cortado.drivers.virtio.folder;
