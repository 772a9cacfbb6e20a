/** Machines of XenServer's and XCP-ng's: an archive of a description and pieces of disks. */
package dev.cortado.image.format.xva;
