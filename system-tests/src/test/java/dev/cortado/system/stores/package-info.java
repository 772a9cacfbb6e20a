/** Libraries of others that keep data in files: on a guest's disk, which loses its power. */
package dev.cortado.system.stores;
